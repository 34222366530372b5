package fr.tambour.operations.internal;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** A start that was refused for a reason of ours is told in its one sentence, without a stack trace. */
public class PlainFailures implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Optional<Throwable> ours = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof RuntimeException
                        && cause.getClass().getPackageName().startsWith("fr.tambour"))
                .reduce((first, second) -> second);
        return ours.map(cause -> new FailureAnalysis(cause.getMessage(), null, failure))
                .orElse(null);
    }
}
