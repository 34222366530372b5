package fr.tambour.people;

/** Identifies a person over all towns of the instance. */
public record PersonId(long value) {

    /** Tambour itself: what happens by the clock and not by a hand. */
    public static final PersonId SYSTEM = new PersonId(0);

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
