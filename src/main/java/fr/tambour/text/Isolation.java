package fr.tambour.text;

/** Somebody else's words within a sentence of ours: those that are read from right to left reorder none of it (UAX #9). */
public final class Isolation {

    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

    private Isolation() {}

    /** @param words in which there are no characters of direction, as {@link Clean} leaves them */
    public static String of(String words) {
        return words.codePoints().anyMatch(Isolation::isFromRightToLeft)
                ? FIRST_STRONG_ISOLATE + words + POP_DIRECTIONAL_ISOLATE
                : words;
    }

    private static boolean isFromRightToLeft(int c) {
        return switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> true;
            default -> false;
        };
    }
}
