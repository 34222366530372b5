package fr.tambour.town.internal;

import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A department, or an overseas collectivity that counts as one: a row of {@code departements.tsv}. */
record Department(String code, String name, String region, ZoneId zone) {

    static Map<String, Department> byCode(String table) {
        return table.lines().map(Department::of).collect(Collectors.toMap(Department::code, Function.identity()));
    }

    private static Department of(String row) {
        var fields = row.split("\t", -1);
        return new Department(fields[0], fields[1], fields[2], ZoneId.of(fields[3]));
    }
}
