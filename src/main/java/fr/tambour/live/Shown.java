package fr.tambour.live;

import fr.tambour.town.TownId;

/** For whoever changes what a town's pages show without its being a notice's step. */
public interface Shown {

    /**
     * What is in memory of the town is made anew once the caller's transaction has committed.
     *
     * @throws IllegalStateException outside of one
     */
    void changes(TownId town);
}
