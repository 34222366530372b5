package fr.tambour.operations.internal.archive;

/** An archive, or the place it should be restored into, will not do. Nothing was changed. */
class ArchiveRefused extends RuntimeException {

    private final transient Object[] arguments;

    /**
     * @param key of the sentence for the operator
     * @param arguments its values
     */
    ArchiveRefused(String key, Object... arguments) {
        super(key);
        this.arguments = arguments;
    }

    ArchiveRefused(Throwable cause, String key, Object... arguments) {
        super(key, cause);
        this.arguments = arguments;
    }

    String key() {
        return String.valueOf(getMessage());
    }

    Object[] arguments() {
        return arguments;
    }
}
