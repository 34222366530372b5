package fr.tambour.desk.setup;

import java.util.ArrayList;
import java.util.List;

/** The key as a page to print. */
public record RecoveryPaperPage(String town, String key) {

    private static final int BLOCK = 8;

    /** In short blocks, to be typed back; spaces between them do not matter. */
    public List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        for (int at = 0; at < key.length(); at += BLOCK) {
            blocks.add(key.substring(at, Math.min(at + BLOCK, key.length())));
        }
        return blocks;
    }
}
