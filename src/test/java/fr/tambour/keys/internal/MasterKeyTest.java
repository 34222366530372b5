package fr.tambour.keys.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.tambour.keys.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {

    private static final byte[] SECRET = "the secret of a town".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve(Keys.FILE);
    }

    @Test
    void isMadeOnceReadableByItsOwnerAlone() throws IOException {
        byte[] made = new MasterKey(file()).create();

        assertThat(made).hasSize(32);
        assertThat(new MasterKey(file()).read()).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void isNotTakenOnceOthersMayReadIt() throws IOException {
        new MasterKey(file()).create();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThatIllegalStateException()
                .isThrownBy(() -> new MasterKey(file()).read())
                .withMessageContaining("chmod 600 " + file());
    }

    @Test
    void isNotTakenWithAnotherLength() throws IOException {
        new MasterKey(file()).create();
        Files.write(file(), new byte[31]);

        assertThatIllegalStateException()
                .isThrownBy(() -> new MasterKey(file()).read())
                .withMessageContaining("must be 32 bytes long, but has 31");
    }

    @Test
    void opensOnlyWhatWasWrappedForTheSamePurposeByTheSameKey() {
        Keys keys = new DerivedKeys(new byte[32]);
        byte[] wrapped = keys.wrap(SECRET, "test.one");
        byte[] changed = wrapped.clone();
        changed[changed.length - 1] ^= 1;
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;

        assertThat(keys.unwrap(wrapped, "test.one")).isEqualTo(SECRET);
        assertThat(keys.wrap(SECRET, "test.one")).isNotEqualTo(wrapped);
        assertThatIllegalStateException().isThrownBy(() -> keys.unwrap(wrapped, "test.two"));
        assertThatIllegalStateException().isThrownBy(() -> keys.unwrap(changed, "test.one"));
        assertThatIllegalStateException().isThrownBy(() -> new DerivedKeys(otherKey).unwrap(wrapped, "test.one"));
    }

    @Test
    void aMacProvesNothingForAnotherPurpose() {
        Keys keys = new DerivedKeys(new byte[32]);
        byte[] mac = keys.mac("test.one").sign(SECRET);

        assertThat(keys.mac("test.one").verify(SECRET, mac)).isTrue();
        assertThat(keys.mac("test.two").verify(SECRET, mac)).isFalse();
    }
}
