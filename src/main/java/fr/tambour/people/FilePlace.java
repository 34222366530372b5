package fr.tambour.people;

import java.util.regex.Pattern;

/**
 * Where files may be brought to, by form or by program. Modules contribute theirs: nowhere else, and from nobody who lacks
 * the right, is any of a file read.
 *
 * @param path the whole of it, decoded
 */
public record FilePlace(Pattern path, Right right) {}
