package fr.tambour.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.media.Picture;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Engine;
import fr.tambour.testing.Engines;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest pictures that are accepted, in a JVM with the memory that the distribution has. */
class LargePicturesTest {

    private static final Path WEBP = Path.of("src/test/resources/fr/tambour/media/fifty-megapixels.webp");

    @TempDir
    Path folder;

    @Test
    void fiftyMegapixelsOfEachFormatAreTakenInAMemoryOf512Megabytes() throws Exception {
        // Square is the worst: neither side alone says that it is large.
        Path jpeg = write("jpeg", BufferedImage.TYPE_3BYTE_BGR);
        Path png = write("png", BufferedImage.TYPE_4BYTE_ABGR);

        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TakesThemIn.class.getName(),
                        jpeg.toString(),
                        png.toString(),
                        WEBP.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("took less than five minutes").isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        assertThat(Files.readAllLines(said))
                .containsSubsequence("image/jpeg 1920", "image/png 1920", "image/jpeg 1920");
    }

    private Path write(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(7071, 7071, type);
        Graphics2D canvas = image.createGraphics();
        canvas.setPaint(new GradientPaint(0, 0, new Color(200, 30, 30, 128), 7071, 7071, new Color(30, 30, 200, 200)));
        canvas.fillRect(0, 0, 7071, 7071);
        canvas.dispose();
        Path file = folder.resolve("large." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    /** All at once, as people would send them. */
    static final class TakesThemIn {

        private TakesThemIn() {}

        public static void main(String[] files) throws Exception {
            try (Engine engine = Engines.fresh(Dialect.SQLITE)) {
                Shelf shelf = engine.make(Shelf.class, JdbcPictures.class, FolderBlobs.class);
                List<Callable<Picture>> senders = Stream.of(files)
                        .map(Path::of)
                        .map(file -> (Callable<Picture>) () -> takenIn(shelf, file))
                        .toList();
                try (ExecutorService people = Executors.newFixedThreadPool(senders.size())) {
                    for (Future<Picture> taken : people.invokeAll(senders)) {
                        System.out.println(taken.get().mediaType() + " " + taken.get().width());
                    }
                }
            }
        }

        private static Picture takenIn(Shelf shelf, Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return shelf.add(1, in, file.getFileName().toString());
            }
        }
    }
}
