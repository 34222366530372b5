package fr.tambour.operations.internal.archive;

import java.util.Map;

/**
 * The first thing in an archive: what it is.
 *
 * @param format of the archive; this is {@link #FORMAT}
 * @param version of Tambour that made it
 * @param instance number of the instance it was made of
 * @param madeAt milliseconds since 1970-01-01T00:00Z
 * @param schema the newest migration of each history table, by its name
 */
record Manifest(int format, String version, String instance, long madeAt, Map<String, String> schema) {

    static final int FORMAT = 1;

    Manifest {
        schema = Map.copyOf(schema);
    }
}
