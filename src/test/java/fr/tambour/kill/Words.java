package fr.tambour.kill;

/** What the programs write. */
final class Words {

    /** Of most nobody is told. */
    private static final String CHANNELS = "\"channels\": [\"website\", \"feed\"]";

    private Words() {}

    static String content(String title) {
        return "{\"kind\": \"news\", %s, %s}".formatted(CHANNELS, words(title));
    }

    /** With an end on the town's clock. */
    static String content(String title, String until) {
        return "{\"kind\": \"news\", \"until\": {\"local\": \"%s\"}, %s, %s}".formatted(until, CHANNELS, words(title));
    }

    /** Which goes out over these. */
    static String told(String title, String... channels) {
        return "{\"kind\": \"news\", \"channels\": [\"%s\"], %s}"
                .formatted(String.join("\", \"", channels), words(title));
    }

    static String alert(String title) {
        return """
                {"kind": "emergency", "channels": ["website", "phone"], "words": {"fr": {"title": "%s", "instruction": "Montez à l’étage."}},
                 "emergency": {"severity": "severe", "area": "Bords de l’Orge", "contact": ""}}""".formatted(title);
    }

    private static String words(String title) {
        return "\"words\": {\"fr\": {\"title\": \"%s\", \"summary\": \"Un résumé.\", \"body\": \"Un texte.\"}}"
                .formatted(title);
    }
}
