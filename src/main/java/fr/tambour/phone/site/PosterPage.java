package fr.tambour.phone.site;

/** A sheet to print that invites people to be told. */
public record PosterPage(Invitation invitation, QrCode code) {}
