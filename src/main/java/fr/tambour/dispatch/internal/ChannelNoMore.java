package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import fr.tambour.town.TownId;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** One that was taken out of the house while something was to go over it: nobody is told by it any more. */
record ChannelNoMore(String name) implements FannedOutChannel<Recipient> {

    @Override
    public long highestKey(TownId town) {
        return 0;
    }

    @Override
    public Set<Integer> wakingHours(TownId town, int asleepAt) {
        return Set.of();
    }

    @Override
    public Reached reach(TownId town, Audience audience, int hour, long after, long upTo) {
        return new Reached(0, new TreeMap<>());
    }

    @Override
    public List<Recipient> recipients(Errand errand, long after, long upTo, int size) {
        return List.of();
    }

    @Override
    public List<Recipient> recipients(Errand errand, List<Long> keys) {
        return List.of();
    }

    @Override
    public Set<Long> known(TownId town, List<Long> keys) {
        return Set.of();
    }

    @Override
    public long boundary(TownId town, long after, long upTo, int count) {
        return upTo;
    }

    @Override
    public Mailing<Recipient> mailing(Errand errand) {
        return (recipient, notAfter, wanted, answer) -> answer.accept(new Outcome.Recalled());
    }

    @Override
    public void forget(TownId town, List<Recipient> gone) {}

    @Override
    public boolean repeatable() {
        return true;
    }
}
