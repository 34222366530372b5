package fr.tambour.fediverse.internal;

/** What is signed badly, or not at all, or says of itself what is not so. The message is for whoever runs the other server. */
final class BadSignature extends Exception {

    BadSignature(String message) {
        super(message, null, false, false);
    }
}
