package fr.tambour.storage;

/** Which of the two engines is underneath. What differs between them stands side by side, once per module. */
public enum Dialect {
    SQLITE,
    POSTGRESQL
}
