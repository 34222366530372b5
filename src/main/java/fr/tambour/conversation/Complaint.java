package fr.tambour.conversation;

import fr.tambour.town.TownId;

/**
 * What the town tells the moderators of somebody's own server.
 *
 * @param id names it for good
 * @param author who wrote what is complained of
 * @param message the name of what they wrote
 * @param words why, plain; in the town's name, not in that of whoever wrote them
 */
public record Complaint(TownId town, long id, String channel, Author author, String message, String words) {}
