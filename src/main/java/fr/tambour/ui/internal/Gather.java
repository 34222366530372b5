package fr.tambour.ui.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every provider; one that fails is left out and logged, and the page stands without it. */
final class Gather {

    private static final Logger log = LoggerFactory.getLogger(Gather.class);

    private Gather() {}

    static <P, T> List<T> all(Iterable<P> providers, Function<P, List<T>> ask) {
        List<T> all = new ArrayList<>();
        for (P provider : providers) {
            try {
                all.addAll(ask.apply(provider));
            } catch (RuntimeException e) {
                log.warn(
                        "{} failed; the page is shown without what it adds",
                        provider.getClass().getName(),
                        e);
            }
        }
        return all;
    }

    static <P, T> Optional<T> first(Iterable<P> providers, Function<P, Optional<T>> ask) {
        return all(providers, (P provider) -> ask.apply(provider).stream().toList()).stream()
                .findFirst();
    }
}
