package fr.tambour.operations.internal.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.desk.internal.TownForm;
import fr.tambour.desk.internal.TownFormReader;
import fr.tambour.town.Profile;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemonstrationTownTest {

    @Test
    void itsSettingsAreSavedAsTheyAreShown() {
        Profile profile = DemonstrationTown.profile(DemonstrationTown.read().town(), 8080);

        TownFormReader.Reading reading = TownFormReader.read(TownForm.of(profile), profile, Set.of("localhost"));

        assertThat(reading.problems().none()).isTrue();
        assertThat(Objects.requireNonNull(reading.profile()).contact()).isEqualTo(profile.contact());
        assertThat(reading.profile().languages()).isEqualTo(profile.languages());
    }
}
