package fr.tambour.operations.internal.doctor;

import fr.tambour.storage.DurableFile;
import fr.tambour.storage.MachineClock;
import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.Provider;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Java, the data folder, its disk, the clock. */
@Component
@Order(1)
class MachineCheck implements Check {

    /** Enough for a day of pictures and the database's own journal. */
    static final long SPACE_NEEDED = 1L << 30;

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path data;
    private final Path classes;
    private final Clock clock;
    private final MachineClock machine;
    private final InstantSource system;
    private final long needed;

    @Autowired
    MachineCheck(
            StorageSettings settings,
            @Value("${tambour.class-cache:true}") String classes,
            Clock clock,
            MachineClock machine) {
        this(settings.data(), classes, clock, machine, InstantSource.system(), SPACE_NEEDED);
    }

    /**
     * @param classes the folder of the class cache, or true or false where it is with the data
     * @param system this machine's own clock
     * @param needed bytes that should be free
     */
    MachineCheck(Path data, String classes, Clock clock, MachineClock machine, InstantSource system, long needed) {
        this.data = data.toAbsolutePath().normalize();
        this.classes = Set.of("true", "false").contains(classes) ? this.data.resolve("cache") : Path.of(classes);
        this.clock = clock;
        this.machine = machine;
        this.system = system;
        this.needed = needed;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.well("java", Runtime.version().toString(), provider()));
        findings.add(writable());
        findings.add(space());
        findings.addAll(secrets());
        findings.addAll(time());
        findings.add(cache());
        return findings;
    }

    private static String provider() {
        Provider first = Security.getProviders()[0];
        return first.getName() + " " + first.getVersionStr();
    }

    private Finding writable() {
        try {
            Files.delete(Files.createTempFile(data, "doctor", DurableFile.UNFINISHED));
            return Finding.well("data-folder", data);
        } catch (IOException e) {
            return Finding.wrong("data-folder-not-writable", data, String.valueOf(e.getMessage()));
        }
    }

    private Finding space() {
        try {
            long free = Files.getFileStore(data).getUsableSpace() >> 20;
            return free >= needed >> 20
                    ? Finding.well("disk", free)
                    : Finding.wrong("disk-nearly-full", free, needed >> 20);
        } catch (IOException e) {
            return Finding.wrong("data-folder-not-writable", data, String.valueOf(e.getMessage()));
        }
    }

    private List<Finding> secrets() {
        return List.of("master.key", "audit.head").stream()
                .map(data::resolve)
                .filter(Files::exists)
                .filter(MachineCheck::readByOthers)
                .map(file -> Finding.wrong("secret-readable", file))
                .toList();
    }

    private static boolean readByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * A file written now must not bear another time, nor may the database show one: those of another machine tell when one of the
     * clocks is off.
     */
    private List<Finding> time() {
        Instant built = Instant.parse("2026-01-01T00:00:00Z");
        Instant now = clock.instant();
        if (now.isBefore(built)) {
            return List.of(Finding.wrong("clock-behind", now));
        }
        if (!machine.isOff()) {
            return List.of(disk().orElse(Finding.well("clock", now)));
        }
        Finding apart = Finding.advice(
                machine.ahead().isNegative() ? "clock-behind-database" : "clock-ahead-of-database",
                Math.abs(machine.secondsAhead()));
        return Stream.concat(Stream.of(apart), disk().stream()).toList();
    }

    private Optional<Finding> disk() {
        try {
            Path probe = Files.createTempFile(data, "doctor", DurableFile.UNFINISHED);
            Instant written = Files.getLastModifiedTime(probe).toInstant();
            Files.delete(probe);
            Duration apart = Duration.between(written, system.instant()).abs();
            return apart.compareTo(Duration.ofSeconds(30)) < 0
                    ? Optional.empty()
                    : Optional.of(Finding.wrong("clock-differs", apart.toSeconds()));
        } catch (IOException e) {
            return Optional.of(Finding.wrong("data-folder-not-writable", data, String.valueOf(e.getMessage())));
        }
    }

    private Finding cache() {
        try (var files = Files.newDirectoryStream(classes, "classes-*.aot")) {
            return files.iterator().hasNext() ? Finding.well("class-cache") : Finding.advice("no-class-cache");
        } catch (IOException e) {
            return Finding.advice("no-class-cache");
        }
    }
}
