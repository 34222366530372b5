package fr.tambour.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.tambour.town.ColourCheck.Finding;
import fr.tambour.town.ColourCheck.Kind;
import fr.tambour.town.Profile.Colours;
import org.junit.jupiter.api.Test;

class ColourCheckTest {

    @Test
    void goodColoursLeaveNothingToSay() {
        ColourCheck check = ColourCheck.of(new Colours("#0d5b63", "#e9b23f"));

        assertThat(check.findings()).isEmpty();
        assertThat(check.lowest()).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void aFirstColourTooLightForWhiteTextIsDarkenedAndSaidSo() {
        ColourCheck check = ColourCheck.of(new Colours("#ffd700", "#00205b"));

        assertThat(check.findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.FIRST_DARKENED, Kind.SECOND_LIGHTENED);
        assertThat(check.findings().getFirst().contrast()).isEqualTo(1.4, within(.05));
        assertThat(check.lowest()).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void coloursAreReadAsPeopleTypeThem() {
        assertThat(ColourCheck.typed(" 0D5B63 ")).contains("#0d5b63");
        assertThat(ColourCheck.typed("#abc")).contains("#aabbcc");
        assertThat(ColourCheck.typed("vert")).isEmpty();
        assertThat(ColourCheck.typed("#0d5b63;}")).isEmpty();
        assertThat(ColourCheck.typed("")).isEmpty();
    }
}
