package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class AlgorithmsTest {

    @Test
    void aNativeProviderThatCannotBeLoadedLeavesJavaAndSaysWhatToDo() {
        for (Throwable failure : new Throwable[] {
            new UnsatisfiedLinkError("failed to map segment from shared object"),
            new NoClassDefFoundError("com/amazon/X"),
            new ExceptionInInitializerError(new IllegalStateException("no such folder")),
            new IllegalStateException("its self test failed")
        }) {
            Algorithms algorithms = Algorithms.of(() -> {
                throw AlgorithmsTest.<RuntimeException>thrown(failure);
            });

            assertThat(algorithms.isNative()).isFalse();
            assertThat(algorithms.name()).isEqualTo("Java");
            assertThat(algorithms.lacking())
                    .contains(failure.getCause() == null ? failure.getMessage() : "no such folder")
                    .contains("TAMBOUR_JAVA_OPTIONS")
                    .contains("tmpdir");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T thrown(Throwable failure) throws T {
        throw (T) failure;
    }

    /** In a process of its own, whose folder for temporary files is none. */
    public static void main(String[] arguments) {
        Algorithms algorithms = Algorithms.best();
        Encryption encryption = new Encryption(algorithms);
        byte[] sealed = encryption.seal(encryption.agree(TestKeys.endpoint("https://push.example/1", 1)), new byte[9]);
        System.out.println("encrypted " + sealed.length + " by " + algorithms.name());
    }

    @Test
    void whereItsLibraryCannotBeUnpackedMessagesAreEncryptedAllTheSame() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dcom.amazon.corretto.crypto.provider.tmpdir=/dev/null/none",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        AlgorithmsTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said).contains("encrypted 112 by Java");
        assertThat(said.lines().filter(line -> line.contains("Messages to phones are encrypted by")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("tmpdir"));
    }

    @Test
    void healthSaysWhoEncryptsAndIsNoFaultEitherWay() {
        var health = new CryptographyHealth(new PushTools(Clock.systemUTC())).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsKeys("provider", "native");
    }
}
