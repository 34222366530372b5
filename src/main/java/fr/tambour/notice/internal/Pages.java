package fr.tambour.notice.internal;

import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.notice.DeskQueries.Page;
import fr.tambour.ui.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** Lists in pages. A cursor is opaque to whoever carries it, and checked when it comes back. */
final class Pages {

    private Pages() {}

    /** The first {@code limit} of {@code rows}, of which one more was asked for than is shown. */
    static <T> Page<T> cut(List<T> rows, int limit, Function<T, String> cursor) {
        return rows.size() <= limit
                ? new Page<>(rows, Optional.empty())
                : new Page<>(rows.subList(0, limit), Optional.of(cursor.apply(rows.get(limit - 1))));
    }

    static String cursor(long number) {
        return Long.toString(number, Character.MAX_RADIX);
    }

    static long number(String cursor) {
        try {
            return Long.parseLong(cursor, Character.MAX_RADIX);
        } catch (NumberFormatException e) {
            throw unknown();
        }
    }

    static Refusal unknown() {
        return new Refusal(HttpStatus.BAD_REQUEST, "page.cursor");
    }

    static String direction(Order order) {
        return switch (order) {
            case OLDEST_FIRST -> "ASC";
            case NEWEST_FIRST -> "DESC";
        };
    }

    /** How what follows in this order compares with a cursor. */
    static String beyond(Order order) {
        return switch (order) {
            case OLDEST_FIRST -> ">";
            case NEWEST_FIRST -> "<";
        };
    }
}
