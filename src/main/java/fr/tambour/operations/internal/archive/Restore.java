package fr.tambour.operations.internal.archive;

import fr.tambour.dispatch.Dispatches;
import fr.tambour.operations.internal.InstanceNumber;
import fr.tambour.operations.internal.archive.ArchiveReader.WriteFailed;
import fr.tambour.storage.DurableFile;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts an archive into an instance without a town, of either engine. The archive is read three times: once to
 * the end to know that it is whole, then for its tables, then for its files. All tables are restored in one transaction,
 * which commits once the files are on the disk: whatever breaks off before leaves an empty database, and the next restore
 * begins anew.
 */
@Component
class Restore {

    private static final int ROWS_AT_A_TIME = 500;

    private final Tables tables;
    private final InstanceFacts facts;
    private final InstanceNumber number;
    private final Dispatches dispatches;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Path data;
    private final TransactionTemplate write;

    Restore(
            Tables tables,
            InstanceFacts facts,
            InstanceNumber number,
            Dispatches dispatches,
            JdbcClient jdbc,
            Clock clock,
            StorageSettings settings,
            PlatformTransactionManager transactions) {
        this.tables = tables;
        this.facts = facts;
        this.number = number;
        this.dispatches = dispatches;
        this.jdbc = jdbc;
        this.clock = clock;
        this.data = settings.data().toAbsolutePath().normalize();
        this.write = new TransactionTemplate(transactions);
    }

    /**
     * @param manifest of what was restored
     * @param inventory how much it was
     */
    record Restored(Manifest manifest, Inventory inventory) {}

    /**
     * @param identity the recovery key, normalised
     * @throws ArchiveRefused if the archive will not do, or there is a town already; nothing was changed then
     * @throws IOException if it could not be written: the database is as empty as before, files may lie about
     */
    Restored run(Path archive, String identity) throws IOException {
        refuseWhereSomebodyLives();
        ArchiveReader reader = new ArchiveReader(archive, identity);
        Manifest manifest = check(reader);
        try {
            Inventory inventory = Objects.requireNonNull(write.execute(status -> restoreAll(reader, manifest)));
            return new Restored(manifest, inventory);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void refuseWhereSomebodyLives() {
        long inhabitants = jdbc.sql("SELECT (SELECT COUNT(*) FROM town) + (SELECT COUNT(*) FROM person)")
                .query(Long.class)
                .single();
        if (inhabitants > 0) {
            throw new ArchiveRefused("operations.restore.database-not-empty");
        }
    }

    /** Reads all of it before anything is changed. */
    private Manifest check(ArchiveReader reader) throws IOException {
        List<Manifest> found = new ArrayList<>();
        reader.read(new ArchiveReader.Visitor() {
            @Override
            public void manifest(Manifest manifest) {
                found.add(manifest);
            }
        });
        if (found.size() != 1 || found.getFirst().format() != Manifest.FORMAT) {
            throw new ArchiveRefused("operations.restore.damaged");
        }
        Manifest manifest = found.getFirst();
        Map<String, String> here = write.execute(status -> tables.schema());
        if (!new TreeMap<>(manifest.schema()).equals(here)) {
            throw new ArchiveRefused("operations.restore.other-version", manifest.version());
        }
        return manifest;
    }

    private Inventory restoreAll(ArchiveReader reader, Manifest manifest) {
        tables.takeYourTime();
        Inventory inventory = restoreTables(reader, manifest);
        try {
            restoreFiles(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inventory;
    }

    private Inventory restoreTables(ArchiveReader reader, Manifest manifest) {
        List<String> constraints = tables.open();
        Batch batch = new Batch();
        Inventory inventory;
        try {
            inventory = reader.read(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        batch.flush();
        tables.close(constraints);
        Instant now = clock.instant();
        number.becomeCopyOf(manifest.instance(), now);
        dispatches.restored();
        jdbc.sql("SELECT id FROM town").query(Long.class).list().forEach(town -> facts.pause(town, now));
        return inventory;
    }

    private final class Batch implements ArchiveReader.Visitor {

        private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        private String table = "";

        @Override
        public void row(String of, Map<String, @Nullable Object> row) {
            if (!of.equals(table) || rows.size() >= ROWS_AT_A_TIME) {
                flush();
                table = of;
            }
            rows.add(new LinkedHashMap<>(row));
        }

        void flush() {
            tables.write(table, rows);
            rows.clear();
        }
    }

    private void restoreFiles(ArchiveReader reader) throws IOException {
        reader.read(new ArchiveReader.Visitor() {
            @Override
            public void file(String name, InputStream content) throws IOException {
                try {
                    Path file = data.resolve(name);
                    Files.createDirectories(file.getParent());
                    DurableFile.write(file, content);
                } catch (IOException e) {
                    throw new WriteFailed(e);
                }
            }
        });
    }
}
