package fr.tambour.town.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.tambour.town.Commune;
import fr.tambour.town.Commune.Nature;
import fr.tambour.town.TownType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

/** The directory in memory: the packed rows, and beside each its folded name and its population. Immutable. */
public final class CommuneIndex {

    private static final String FOLDER = "/fr/tambour/town/";
    private static final int LONGEST_CODE = 9;
    private static final int UNKNOWN = -1;

    private final PackedRows rows;
    private final FoldedNames names;
    private final FoldedNames plainNames;
    private final int[] populations;
    private final Map<String, Department> departments;

    private CommuneIndex(PackedRows rows, Map<String, Department> departments) {
        this.rows = rows;
        this.departments = departments;
        this.populations = new int[rows.count()];
        var full = new FoldedNames.Builder(rows.count());
        var plain = new FoldedNames.Builder(rows.count());
        for (int row = 0; row < rows.count(); row++) {
            var words = Folding.spelledOut(Folding.words(searchableName(row)));
            full.add(words);
            plain.add(Folding.withoutArticles(words));
            var population = rows.field(row, PackedRows.POPULATION);
            populations[row] = population.isEmpty() ? UNKNOWN : Integer.parseInt(population);
        }
        this.names = full.build();
        this.plainNames = plain.build();
    }

    /** Reads both tables from the class path. */
    public static CommuneIndex load() {
        try (var communes = new GZIPInputStream(resource("communes.tsv.gz"), 1 << 16);
                var departments = resource("departements.tsv")) {
            return new CommuneIndex(
                    new PackedRows(communes.readAllBytes()),
                    Department.byCode(new String(departments.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("The packed directory of communes cannot be read: is the build whole?", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        var stream = CommuneIndex.class.getResourceAsStream(FOLDER + name);
        if (stream == null) {
            throw new IOException(FOLDER + name + " is not on the class path");
        }
        return stream;
    }

    /** The DGCL writes an EPCI's nature before its name (« CC du Perche »). A search says it otherwise. */
    private String searchableName(int row) {
        var name = rows.field(row, PackedRows.NAME);
        var nature = rows.field(row, PackedRows.NATURE) + " ";
        return rows.type(row) == TownType.EPCI && name.startsWith(nature) ? name.substring(nature.length()) : name;
    }

    public Optional<Commune> byCode(TownType type, String code) {
        var wanted = code.strip().toUpperCase(Locale.ROOT);
        int row = wanted.length() > LONGEST_CODE ? -1 : rows.indexOf(type, wanted);
        return row < 0 ? Optional.empty() : Optional.of(commune(row));
    }

    public List<Commune> partsOf(String code) {
        var parent = code.getBytes(US_ASCII);
        return IntStream.range(0, rows.count())
                .filter(row -> rows.type(row) != TownType.EPCI && rows.fieldIs(row, PackedRows.PARENT, parent))
                .mapToObj(this::commune)
                .toList();
    }

    public List<Commune> search(String query, int limit) {
        var ranks = ranks(Sought.in(query));
        keepOwnCodeWithin(ranks, limit);
        return Arrays.stream(ranks).limit(limit).mapToObj(this::commune).toList();
    }

    private long[] ranks(Sought query) {
        return switch (query) {
            case Sought.Nothing nothing -> new long[0];
            case Sought.Code sought -> {
                var code = sought.text().getBytes(US_ASCII);
                yield allRows(row -> closeness(row, code));
            }
            case Sought.Name name ->
                allRows(row -> {
                    var best = Closeness.NONE;
                    for (var wording : name.wordings()) {
                        best = best.orBetter(closeness(row, wording));
                    }
                    return best;
                });
        };
    }

    private interface Judge {
        Closeness of(int row);
    }

    private long[] allRows(Judge judge) {
        var ranks = LongStream.builder();
        for (int row = 0; row < rows.count(); row++) {
            var closeness = judge.of(row);
            if (closeness != Closeness.NONE) {
                ranks.add(rank(closeness, row));
            }
        }
        return ranks.build().sorted().toArray();
    }

    private Closeness closeness(int row, byte[] code) {
        if (rows.postalCodeStartsWith(row, code)) {
            return code.length == 5 ? Closeness.EXACT : Closeness.BEGINS_SO;
        }
        if (rows.fieldIs(row, PackedRows.CODE, code)) {
            return Closeness.OWN_CODE;
        }
        // Corsica: its postal codes begin with 20, so 2A and 2B are looked for in INSEE codes.
        boolean corsican = code[1] == 'A' || code[1] == 'B';
        return corsican && rows.fieldStartsWith(row, PackedRows.CODE, code) ? Closeness.BEGINS_SO : Closeness.NONE;
    }

    private Closeness closeness(int row, Sought.Wording wording) {
        if (wording.epciOnly() && rows.type(row) != TownType.EPCI) {
            return Closeness.NONE;
        }
        var closeness = closenessOfName(row, wording);
        return closeness == Closeness.NONE || liesWithin(row, wording.codes()) ? closeness : Closeness.NONE;
    }

    private Closeness closenessOfName(int row, Sought.Wording wording) {
        if (names.is(row, wording.full())) {
            return Closeness.EXACT;
        }
        if (plainNames.is(row, wording.plain())) {
            return Closeness.EXACT_BUT_FOR_ARTICLES;
        }
        if (names.startsWith(row, wording.full())) {
            return Closeness.BEGINS_SO;
        }
        if (plainNames.startsWith(row, wording.plain())) {
            return wording.hasArticles() ? Closeness.BEGINS_SO_BUT_FOR_ARTICLES : Closeness.BEGINS_SO;
        }
        return switch (names.contains(row, wording.words())) {
            case WHOLE -> Closeness.WHOLE_WORDS;
            case BEGINNINGS -> Closeness.BEGINNINGS_OF_WORDS;
            case MISSING ->
                names.startsRunTogetherWith(row, wording.runTogether()) ? Closeness.RUN_TOGETHER : Closeness.NONE;
        };
    }

    private boolean liesWithin(int row, List<String> codes) {
        for (var text : codes) {
            var code = text.getBytes(US_ASCII);
            boolean within = rows.fieldIs(row, PackedRows.DEPARTMENT, code)
                    || rows.postalCodeStartsWith(row, code)
                    || (rows.type(row) != TownType.EPCI && rows.fieldStartsWith(row, PackedRows.CODE, code));
            if (!within) {
                return false;
            }
        }
        return true;
    }

    /** Sorts results: closeness, type, then the larger population, then the code. From the top 8, 4, 32 and 20 bits. */
    private long rank(Closeness closeness, int row) {
        long order = switch (rows.type(row)) {
            case COMMUNE -> 0;
            case DELEGATED -> 1;
            case EPCI -> 2;
            case ARRONDISSEMENT -> 3;
        };
        long fewness = (long) Integer.MAX_VALUE - populations[row];
        return (long) closeness.ordinal() << 56 | order << 52 | fewness << 20 | row;
    }

    private static int row(long rank) {
        return (int) (rank & 0xF_FFFF);
    }

    /** Forty communes may share a postal code; the one with these digits as INSEE code is not to be cut off by them. */
    private static void keepOwnCodeWithin(long[] ranks, int limit) {
        for (int i = Math.max(limit, 2); i < ranks.length && limit > 1; i++) {
            if (ranks[i] >>> 56 == Closeness.OWN_CODE.ordinal()) {
                ranks[limit - 1] = ranks[i];
                return;
            }
        }
    }

    private Commune commune(long rank) {
        return commune(row(rank));
    }

    private Commune commune(int row) {
        var department = Objects.requireNonNull(departments.get(rows.field(row, PackedRows.DEPARTMENT)));
        var parent = rows.field(row, PackedRows.PARENT);
        var nature = rows.field(row, PackedRows.NATURE);
        var postalCodes = rows.field(row, PackedRows.POSTAL_CODES);
        var zone = rows.field(row, PackedRows.ZONE);
        return new Commune(
                rows.type(row),
                rows.field(row, PackedRows.CODE),
                rows.field(row, PackedRows.NAME),
                department.code(),
                department.name(),
                parent.isEmpty() ? null : parent,
                nature.isEmpty() ? null : Nature.valueOf(nature),
                populations[row] == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(populations[row]),
                postalCodes.isEmpty() ? List.of() : List.of(postalCodes.split(",")),
                zone.isEmpty() ? department.zone() : ZoneId.of(zone));
    }
}
