package fr.tambour.desk.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The steps of the set-up, in their order. */
public enum SetupStage {
    TOWN("collectivite"),
    IDENTITY("identite"),
    COLOURS("couleurs"),
    LISTS("quartiers-thematiques"),
    RECOVERY("cle"),
    ADMINISTRATOR("administrateur");

    private final String path;

    SetupStage(String path) {
        this.path = path;
    }

    /** Its last part of the address. */
    public String path() {
        return path;
    }

    public int number() {
        return ordinal() + 1;
    }

    /** Message key of its name. */
    public String key() {
        return "desk.setup.stage." + name().toLowerCase(Locale.ROOT);
    }

    public Optional<SetupStage> next() {
        return Arrays.stream(values())
                .filter(stage -> stage.ordinal() == ordinal() + 1)
                .findFirst();
    }

    public static Optional<SetupStage> ofPath(String path) {
        return Arrays.stream(values()).filter(stage -> stage.path.equals(path)).findFirst();
    }
}
