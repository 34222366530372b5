package fr.tambour.website.site;

import java.util.List;

/** The months that have something to read. */
public record ArchivesPage(List<Year> years) {

    public record Year(int year, List<Month> months) {}

    public record Month(String name, String href, String count) {}
}
