package fr.tambour.town.site;

import java.util.List;

/** The towns of this instance, for who asks `localhost` and means one of them. */
public record ChooserPage(List<Choice> choices) {

    /** @param href the page that was asked for, at the town's own local address */
    public record Choice(String name, String department, String href) {}
}
