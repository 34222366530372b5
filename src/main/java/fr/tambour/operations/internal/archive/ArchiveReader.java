package fr.tambour.operations.internal.archive;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads an archive from beginning to end; every byte is authenticated by age before it is handed out. */
final class ArchiveReader {

    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> ROW = new TypeReference<>() {};

    private final Path archive;
    private final String identity;
    private final JsonMapper json = JsonMapper.shared();

    /** @param identity the recovery key, normalised */
    ArchiveReader(Path archive, String identity) {
        this.archive = archive;
        this.identity = identity;
    }

    /** What is done with the content, in the archive's order. */
    interface Visitor {

        default void manifest(Manifest manifest) {}

        default void row(String table, Map<String, @Nullable Object> row) {}

        /** @param name relative to the data folder, never leading out of it */
        default void file(String name, InputStream content) throws IOException {}
    }

    /** @throws ArchiveRefused if it cannot be opened, was changed, or was cut short */
    Inventory read(Visitor visitor) throws IOException {
        Inventory.Count count = new Inventory.Count();
        Inventory inventory = null;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
                TarArchiveInputStream tar = Archive.reading(in, identity)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                if (name.equals(Archive.MANIFEST)) {
                    visitor.manifest(json.readValue(tar.readAllBytes(), Manifest.class));
                } else if (name.equals(Archive.INVENTORY)) {
                    inventory = json.readValue(tar.readAllBytes(), Inventory.class);
                } else if (name.startsWith(Archive.TABLES)) {
                    rows(name.substring(Archive.TABLES.length(), name.lastIndexOf('/')), tar, visitor, count);
                } else if (name.startsWith(Archive.FILES)) {
                    visitor.file(inside(name.substring(Archive.FILES.length())), tar);
                    count.file();
                } else {
                    throw new ArchiveRefused("operations.restore.damaged");
                }
            }
        } catch (JacksonException e) {
            throw new ArchiveRefused(e, "operations.restore.damaged");
        } catch (IOException e) {
            throw damaged(e);
        }
        if (inventory == null || !complete(inventory, count.taken())) {
            throw new ArchiveRefused("operations.restore.damaged");
        }
        return inventory;
    }

    private static boolean complete(Inventory said, Inventory seen) {
        return said.files() == seen.files()
                && said.rows().entrySet().stream()
                        .allMatch(table ->
                                seen.rows().getOrDefault(table.getKey(), 0L).equals(table.getValue()))
                && said.rows().keySet().containsAll(seen.rows().keySet());
    }

    private void rows(String table, InputStream part, Visitor visitor, Inventory.Count count) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(part, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            visitor.row(table, json.readValue(line, ROW));
            count.row(table);
        }
    }

    private static String inside(String name) {
        Path path = Path.of(name).normalize();
        if (path.isAbsolute() || path.startsWith("..") || name.isEmpty()) {
            throw new ArchiveRefused("operations.restore.damaged");
        }
        return path.toString();
    }

    /** An IOException on the way out (the disk is full) is no fault of the archive. */
    private static RuntimeException damaged(IOException e) throws IOException {
        if (e instanceof WriteFailed) {
            throw e;
        }
        return new ArchiveRefused(e, "operations.restore.damaged");
    }

    /** What a visitor throws that could not write what it was given. */
    static final class WriteFailed extends IOException {
        WriteFailed(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
