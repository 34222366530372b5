package fr.tambour.phone.site;

/**
 * A sheet to print that invites people to be told.
 *
 * @param address where the code leads
 * @param typed the same, as one types it
 */
public record PosterPage(String address, String typed, QrCode code) {}
