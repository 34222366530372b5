package fr.tambour.storage;

/** A setting that names a server is not written as one: what a sentence in the operator's language needs of it. */
public final class ServerUrlRefused extends SettingsRefused {

    private final String setting;
    private final String like;

    ServerUrlRefused(String setting, String like) {
        super(setting + " must look like " + like
                + ", with special characters in user and password written as %XX (@ is %40, / is %2F, % is %25).");
        this.setting = setting;
        this.like = like;
    }

    /** The name of the setting. */
    public String setting() {
        return setting;
    }

    /** What it must look like; never what it is. */
    public String like() {
        return like;
    }
}
