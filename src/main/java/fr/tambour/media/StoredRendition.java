package fr.tambour.media;

import java.nio.file.Path;

/** A stored size of a picture. */
public record StoredRendition(Path path, int width, int height, long length, String mediaType, String extension) {}
