package fr.tambour.media;

/** A picture that a town holds. */
public record Picture(String hash, int width, int height, String mediaType) {}
