package fr.tambour.conversation;

/**
 * Who said something, elsewhere.
 *
 * @param id what their channel knows them by
 * @param handle {@code alice@other.example}, as people type it
 * @param name as they call themselves; may be empty
 * @param link where people find them
 * @param host their server
 * @param returnAddress where the channel brings them an answer; nobody else reads anything in it
 */
public record Author(String id, String handle, String name, String link, String host, String returnAddress) {}
