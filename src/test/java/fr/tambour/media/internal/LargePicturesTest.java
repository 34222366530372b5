package fr.tambour.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.media.Picture;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Engine;
import fr.tambour.testing.Engines;
import fr.tambour.ui.Refusal;
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
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest pictures that are accepted, in a JVM with the memory that the distribution has. */
class LargePicturesTest {

    private static final Path SAMPLES = Path.of("src/test/resources/fr/tambour/media");

    @TempDir
    Path folder;

    @Test
    void fiftyMegapixelsOfEachFormatAreTakenInAMemoryOf512Megabytes() throws Exception {
        // Square is the worst: neither side alone says that it is large.
        // Progressive and interlaced, since those cannot be read line by line.
        Path jpeg = write("jpeg", BufferedImage.TYPE_3BYTE_BGR);
        Path png = write("png", BufferedImage.TYPE_4BYTE_ABGR);

        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:MaxNewSize=96m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TakesThemIn.class.getName(),
                        jpeg.toString(),
                        png.toString(),
                        SAMPLES.resolve("fifty-megapixels.webp").toString(),
                        SAMPLES.resolve("twenty-five-megapixels-lossless.webp").toString(),
                        SAMPLES.resolve("twenty-five-megapixels-transparent.webp")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(15, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("took less than a quarter of an hour").isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        assertThat(Files.readAllLines(said))
                .containsSubsequence(
                        "image/jpeg 1920", "image/png 1920", "image/jpeg 1920", "image/png 1920", "image/png 1920");
    }

    private Path write(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(7071, 7071, type);
        Graphics2D canvas = image.createGraphics();
        canvas.setPaint(new GradientPaint(0, 0, new Color(200, 30, 30, 128), 7071, 7071, new Color(30, 30, 200, 200)));
        canvas.fillRect(0, 0, 7071, 7071);
        canvas.dispose();
        Path file = folder.resolve("large." + format);
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return file;
    }

    /** All at once, as people would send them. */
    static final class TakesThemIn {

        private static final byte[][] APPLICATION = new byte[120][1 << 20];

        private TakesThemIn() {}

        public static void main(String[] files) throws Exception {
            System.out.println("Beside " + APPLICATION.length + " MB that the application holds:");
            try (Engine engine = Engines.fresh(Dialect.SQLITE)) {
                Shelf shelf = engine.make(Shelf.class, JdbcPictures.class, FolderBlobs.class);
                List<Callable<Picture>> senders = Stream.of(files)
                        .map(Path::of)
                        .map(file -> (Callable<Picture>) () -> takenIn(shelf, file))
                        .toList();
                try (ExecutorService people = Executors.newFixedThreadPool(senders.size())) {
                    for (Future<Picture> taken : people.invokeAll(senders)) {
                        System.out.println(
                                taken.get().mediaType() + " " + taken.get().width());
                    }
                }
            }
        }

        /** Whoever waited for their turn in vain sends it again, as the page says. */
        private static Picture takenIn(Shelf shelf, Path file) throws IOException {
            while (true) {
                try (InputStream in = Files.newInputStream(file)) {
                    return shelf.add(1, in, file.getFileName().toString());
                } catch (Refusal busy) {
                    if (!busy.code().equals("media.busy")) {
                        throw busy;
                    }
                }
            }
        }
    }
}
