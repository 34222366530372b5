package fr.tambour.conversation.studio;

import java.util.List;

/**
 * How answers to a notice are taken in.
 *
 * @param change where to post another pace
 */
public record PacePage(List<MessagePage.Choice> paces, String change) {}
