package fr.tambour.town;

import jakarta.servlet.ServletRequest;
import java.util.Optional;

/** The town that a request is for, as the host filter found it; controllers take a {@link Town} parameter instead. */
public final class CurrentTown {

    private static final String ATTRIBUTE = CurrentTown.class.getName();

    private CurrentTown() {}

    /** Empty before set-up, and on `localhost` where there are several towns. */
    public static Optional<Town> of(ServletRequest request) {
        return Optional.ofNullable((Town) request.getAttribute(ATTRIBUTE));
    }

    /** For the host filter, and for tests of what comes behind it. */
    public static void set(ServletRequest request, Town town) {
        request.setAttribute(ATTRIBUTE, town);
    }
}
