package fr.tambour.media;

import java.nio.file.Path;

/**
 * One stored size of a picture.
 *
 * @param path the file, never changed once written
 * @param length in bytes
 * @param extension {@code jpg} or {@code png}
 */
public record StoredRendition(Path path, int width, int height, long length, String mediaType, String extension) {}
