package fr.tambour.dispatch;

/**
 * One way out. The family is closed: a channel either changes what is shown, or has recipients to be reached one by
 * one, or posts once to a network. The engine carries each sort differently; the third joins it with the first channel of
 * its sort.
 */
public sealed interface Channel permits ShownChannel, FannedOutChannel {

    /** As in a notice's chosen channels: {@code website}, {@code feed}. */
    String name();
}
