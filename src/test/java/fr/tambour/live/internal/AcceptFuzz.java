package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;

/** What anybody says to accept. */
public final class AcceptFuzz {

    private AcceptFuzz() {}

    public static void read(String field) {
        List<String> fields = List.of(field.split("\n", -1));
        Wanted shared = Wanted.by(fields, () -> true);
        Wanted alone = Wanted.by(fields, () -> false);
        boolean json = field.toLowerCase(Locale.ROOT).contains("json");

        assertThat(alone).isNotEqualTo(Wanted.ACTIVITY);
        assertThat(shared).isIn(alone, Wanted.ACTIVITY);
        if (!json) {
            assertThat(shared).isEqualTo(Wanted.PAGE);
        }
    }
}
