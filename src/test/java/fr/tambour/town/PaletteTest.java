package fr.tambour.town;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.town.Profile.Colours;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteTest {

    /** White, black, greys, the extremes of sRGB, pastels, neon and what towns really have. */
    private static final List<String> COLOURS = List.of(
            "#ffffff", "#000000", "#808080", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff", "#ff00ff",
            "#39ff14", "#fbe9e7", "#0d5b63", "#e9b23f", "#86204a", "#9cc3e6", "#3b2f12");

    @Test
    void whateverTwoColoursATownPicksEveryPairOnItsPagesKeepsItsContrast() {
        List<String> short_ = new ArrayList<>();
        for (String first : COLOURS) {
            for (String second : COLOURS) {
                Palette palette = Palette.of(new Colours(first, second));
                for (ColourPair pair : ColourPair.ALL) {
                    for (boolean dark : new boolean[] {false, true}) {
                        double ratio = pair.ratio(palette, dark);
                        if (ratio < pair.least()) {
                            short_.add("%s %s %s %s %.2f < %.1f"
                                    .formatted(first, second, dark ? "dark" : "light", pair, ratio, pair.least()));
                        }
                    }
                }
            }
        }
        assertThat(short_).isEmpty();
    }

    @Test
    void thirtySevenPairsAreKept() {
        assertThat(ColourPair.ALL).hasSize(37).doesNotHaveDuplicates();
    }

    @Test
    void aColourThatIsFitIsUsedAsItIs() {
        assertThat(Palette.of(new Colours("#0d5b63", "#e9b23f")).colour(ColourRole.TOWN, false))
                .isEqualTo("#0d5b63");
        assertThat(Palette.of(new Colours("#0d5b63", "#ffd24d")).colour(ColourRole.BEAT, false))
                .isEqualTo("#ffd24d");
    }

    @Test
    void hueIsKeptWhereLightnessIsMoved() {
        String yellowAsFill = Palette.of(new Colours("#ffff00", "#ffffff")).colour(ColourRole.TOWN, false);
        int red = Integer.parseInt(yellowAsFill.substring(1, 3), 16);
        int blue = Integer.parseInt(yellowAsFill.substring(5, 7), 16);
        assertThat(red).isGreaterThan(blue + 60);
    }
}
