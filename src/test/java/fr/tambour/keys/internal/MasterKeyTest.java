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
    void aMacProvesNothingForAnotherPurposeOrByAnotherKey() {
        Keys keys = new DerivedKeys(new byte[32]);
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        byte[] mac = keys.mac("test.one").sign(SECRET);

        assertThat(new DerivedKeys(new byte[32]).mac("test.one").sign(SECRET)).isEqualTo(mac);
        assertThat(keys.mac("test.two").sign(SECRET)).isNotEqualTo(mac);
        assertThat(new DerivedKeys(otherKey).mac("test.one").sign(SECRET)).isNotEqualTo(mac);
    }
}
