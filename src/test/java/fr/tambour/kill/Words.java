package fr.tambour.kill;

/** What the programs write. */
final class Words {

    private Words() {}

    static String content(String title) {
        return "{\"kind\": \"news\", %s}".formatted(words(title));
    }

    /** With an end on the town's clock. */
    static String content(String title, String until) {
        return "{\"kind\": \"news\", \"until\": {\"local\": \"%s\"}, %s}".formatted(until, words(title));
    }

    private static String words(String title) {
        return "\"words\": {\"fr\": {\"title\": \"%s\", \"summary\": \"Un résumé.\", \"body\": \"Un texte.\"}}"
                .formatted(title);
    }
}
