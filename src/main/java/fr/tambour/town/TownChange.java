package fr.tambour.town;

/** What must change with a town: called inside the transaction that changes it; what it throws undoes the change. */
public interface TownChange {

    void changed(Town before, Town after);
}
