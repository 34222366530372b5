package fr.tambour.operations.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A data folder that holds nothing that could be lost, and holds nothing again after a restore that failed. */
record EmptyFolder(Path path) {

    /** Of the process, not of a town. */
    private static final Set<String> WORTHLESS = Set.of("cache", "run", "tambour.lock");

    boolean isEmpty() throws IOException {
        return content().isEmpty();
    }

    void emptyAgain() throws IOException {
        for (Path top : content()) {
            try (Stream<Path> below = Files.walk(top)) {
                for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private List<Path> content() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> top = Files.list(path)) {
            return top.filter(file -> !WORTHLESS.contains(file.getFileName().toString()))
                    .toList();
        }
    }
}
