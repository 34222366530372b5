package fr.tambour.town;

/** Identifies a town; first column of every key that belongs to one. */
public record TownId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
