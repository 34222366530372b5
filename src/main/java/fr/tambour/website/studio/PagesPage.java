package fr.tambour.website.studio;

import java.util.List;

/** The standing pages, and what the town has written on each. */
public record PagesPage(List<Entry> pages) {

    /** @param state « 12 mots, le 3 novembre », or that nothing was added */
    public record Entry(String name, String about, String href, String state, boolean written) {}
}
