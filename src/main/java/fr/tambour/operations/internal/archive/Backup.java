package fr.tambour.operations.internal.archive;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.keys.Keys;
import fr.tambour.operations.internal.InstanceNumber;
import fr.tambour.operations.internal.RecoveryRecipient;
import fr.tambour.storage.Database;
import fr.tambour.storage.DurableFile;
import fr.tambour.storage.StorageSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes everything into an archive while the instance goes on working.
 *
 * <p>All tables are read in one transaction that sees one moment (SQLite: a deferred read transaction; PostgreSQL:
 * REPEATABLE READ). The journal's head file is read before that moment, since a head may be behind its table but never
 * ahead. Files are read after it: whatever the rows of that moment refer to was on the disk before they were committed,
 * and files under a content hash do not change.
 */
@Component
class Backup {

    private static final String AUDIT_HEAD = "audit.head";

    /** What stands beside the database; anything else in the data folder is a process's own, or a stranger's. */
    private static final List<String> KEPT = List.of(Keys.FILE, "media");

    private static final int PART = 4 << 20;

    private final Tables tables;
    private final RecoveryRecipient recipient;
    private final InstanceNumber instance;
    private final Audit audit;
    private final Clock clock;
    private final Path data;
    private final TransactionTemplate snapshot;
    private final TransactionTemplate write;
    private final JsonMapper json = JsonMapper.shared();

    Backup(
            Tables tables,
            RecoveryRecipient recipient,
            InstanceNumber instance,
            Audit audit,
            Clock clock,
            StorageSettings settings,
            Database database,
            PlatformTransactionManager transactions) {
        this.tables = tables;
        this.recipient = recipient;
        this.instance = instance;
        this.audit = audit;
        this.clock = clock;
        this.data = settings.data().toAbsolutePath().normalize();
        this.write = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
        if (database.isPostgres()) {
            this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        }
    }

    /**
     * One archive at a time.
     *
     * @throws ArchiveRefused while no recovery key is confirmed
     */
    synchronized Inventory write(OutputStream out) throws IOException {
        String to = recipient.get().orElseThrow(() -> new ArchiveRefused("operations.backup.no-recovery-key"));
        byte[] head = readIfThere(data.resolve(AUDIT_HEAD));
        Inventory.Count count = new Inventory.Count();
        try (TarArchiveOutputStream tar = Archive.writing(out, to)) {
            long madeAt = clock.millis();
            try {
                snapshot.executeWithoutResult(status -> writeTables(tar, madeAt, count));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            if (head != null) {
                Archive.put(tar, Archive.FILES + AUDIT_HEAD, head, madeAt);
                count.file();
            }
            writeFiles(tar, count);
            Archive.put(tar, Archive.INVENTORY, json.writeValueAsBytes(count.taken()), madeAt);
        }
        Inventory inventory = count.taken();
        write.executeWithoutResult(status -> audit.record(new AuditEntry(
                0,
                0,
                "operations.backup-made",
                to,
                Map.of(
                        "rows", Long.toString(inventory.allRows()),
                        "files", Long.toString(inventory.files())))));
        return inventory;
    }

    private void writeTables(TarArchiveOutputStream tar, long madeAt, Inventory.Count count) {
        tables.takeYourTime();
        try {
            Manifest manifest = new Manifest(Manifest.FORMAT, version(), instance.get(), madeAt, tables.schema());
            Archive.put(tar, Archive.MANIFEST, json.writeValueAsBytes(manifest), madeAt);
            for (String table : tables.names()) {
                count.table(table);
                Parts parts = new Parts(tar, table, madeAt);
                tables.read(table, row -> {
                    parts.line(json.writeValueAsString(row));
                    count.row(table);
                });
                parts.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table in parts, since a tar entry's size comes before its content. */
    private static final class Parts {

        private final TarArchiveOutputStream tar;
        private final String table;
        private final long madeAt;
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();
        private int number;

        Parts(TarArchiveOutputStream tar, String table, long madeAt) {
            this.tar = tar;
            this.table = table;
            this.madeAt = madeAt;
        }

        void line(String line) {
            part.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            part.write('\n');
            if (part.size() >= PART) {
                end();
            }
        }

        void end() {
            if (part.size() == 0) {
                return;
            }
            number++;
            try {
                Archive.put(
                        tar, "%s%s/%06d.ndjson".formatted(Archive.TABLES, table, number), part.toByteArray(), madeAt);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            part.reset();
        }
    }

    private void writeFiles(TarArchiveOutputStream tar, Inventory.Count count) throws IOException {
        for (String kept : KEPT) {
            Files.walkFileTree(data.resolve(kept), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = data.relativize(file).toString();
                    if (attributes.isRegularFile() && !name.endsWith(DurableFile.UNFINISHED)) {
                        writeFile(tar, file, name, count);
                    }
                    return FileVisitResult.CONTINUE;
                }

                /** What was tidied away meanwhile belonged to nothing. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        }
    }

    private static void writeFile(TarArchiveOutputStream tar, Path file, String name, Inventory.Count count)
            throws IOException {
        try (FileChannel content = FileChannel.open(file)) {
            TarArchiveEntry entry = new TarArchiveEntry(Archive.FILES + name);
            entry.setSize(content.size());
            entry.setMode(0600);
            tar.putArchiveEntry(entry);
            Channels.newInputStream(content).transferTo(tar);
            tar.closeArchiveEntry();
            count.file();
        } catch (NoSuchFileException e) {
            // Tidied away meanwhile.
        }
    }

    private static byte @Nullable [] readIfThere(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static String version() {
        return Optional.ofNullable(Backup.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
