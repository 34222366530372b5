package fr.tambour.operations.internal.archive;

import java.util.Map;
import java.util.TreeMap;

/**
 * The last thing in an archive: what must have been in it. An archive without it was cut short.
 *
 * @param rows how many, by table
 * @param files how many
 */
record Inventory(Map<String, Long> rows, long files) {

    Inventory {
        rows = Map.copyOf(rows);
    }

    long allRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Counts while an archive is written or read. */
    static final class Count {

        private final Map<String, Long> rows = new TreeMap<>();
        private long files;

        void table(String name) {
            rows.putIfAbsent(name, 0L);
        }

        void row(String table) {
            rows.merge(table, 1L, Long::sum);
        }

        void file() {
            files++;
        }

        Inventory taken() {
            return new Inventory(rows, files);
        }
    }
}
