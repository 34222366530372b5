package fr.tambour.town.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.tambour.town.TownType;
import java.util.Arrays;

/**
 * The rows of {@code communes.tsv} as they are, one after another in one array of UTF-8. They are sorted by their
 * bytes, so by type and code.
 */
final class PackedRows {

    static final int CODE = 1;
    static final int NAME = 2;
    static final int DEPARTMENT = 3;
    static final int PARENT = 4;
    static final int POPULATION = 5;
    static final int POSTAL_CODES = 6;
    static final int NATURE = 7;
    static final int ZONE = 8;

    private final byte[] bytes;

    /** Where each row begins; it ends with the line feed before the next. */
    private final int[] starts;

    PackedRows(byte[] bytes) {
        this.bytes = bytes;
        this.starts = starts(bytes);
    }

    private static int[] starts(byte[] bytes) {
        var starts = new int[1 << 12];
        int rows = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                rows++;
                starts = rows < starts.length ? starts : Arrays.copyOf(starts, 2 * rows);
                starts[rows] = i + 1;
            }
        }
        return Arrays.copyOf(starts, rows + 1);
    }

    int count() {
        return starts.length - 1;
    }

    TownType type(int row) {
        return switch (bytes[starts[row]]) {
            case 'C' -> TownType.COMMUNE;
            case 'D' -> TownType.DELEGATED;
            case 'A' -> TownType.ARRONDISSEMENT;
            case 'E' -> TownType.EPCI;
            default -> throw new IllegalStateException("communes.tsv, row " + row + ": unknown type");
        };
    }

    static char letter(TownType type) {
        return switch (type) {
            case COMMUNE -> 'C';
            case DELEGATED -> 'D';
            case ARRONDISSEMENT -> 'A';
            case EPCI -> 'E';
        };
    }

    /** Empty fields at the end of a row are not written. */
    String field(int row, int column) {
        int start = fieldStart(row, column);
        return new String(bytes, start, fieldEnd(start) - start, UTF_8);
    }

    boolean fieldStartsWith(int row, int column, byte[] prefix) {
        int start = fieldStart(row, column);
        return startsWith(start, fieldEnd(start), prefix);
    }

    boolean fieldIs(int row, int column, byte[] wanted) {
        int start = fieldStart(row, column);
        return Arrays.equals(bytes, start, fieldEnd(start), wanted, 0, wanted.length);
    }

    /** Whether one of the row's postal codes begins so. */
    boolean postalCodeStartsWith(int row, byte[] prefix) {
        int start = fieldStart(row, POSTAL_CODES);
        int end = fieldEnd(start);
        for (int i = start; i < end; i++) {
            if ((i == start || bytes[i - 1] == ',') && startsWith(i, end, prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The row of this type and code, or -1. */
    int indexOf(TownType type, String code) {
        var key = (letter(type) + "\t" + code + "\t").getBytes(US_ASCII);
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int start = starts[middle];
            int end = Math.min(start + key.length, starts[middle + 1]);
            int order = Arrays.compare(bytes, start, end, key, 0, key.length);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private boolean startsWith(int start, int end, byte[] prefix) {
        return end - start >= prefix.length
                && Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length);
    }

    private int fieldStart(int row, int column) {
        int at = starts[row];
        for (int tabs = 0; tabs < column; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
            if (bytes[at] == '\t') {
                tabs++;
            }
        }
        return at;
    }

    private int fieldEnd(int start) {
        int at = start;
        while (bytes[at] != '\t' && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
