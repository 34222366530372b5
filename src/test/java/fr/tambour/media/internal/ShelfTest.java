package fr.tambour.media.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.GpsDirectory;
import fr.tambour.media.Media.Limits;
import fr.tambour.media.Picture;
import fr.tambour.media.StoredRendition;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.ui.Refusal;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

@OnBothEngines
class ShelfTest {

    private static final Path SAMPLES = Path.of("src/test/resources/fr/tambour/media");
    private static final long TOWN = 1;
    private static final long OTHER_TOWN = 2;

    private final Engine engine;
    private final Shelf shelf;

    ShelfTest(Engine engine) {
        this.engine = engine;
        shelf = engine.make(Shelf.class, JdbcPictures.class, FolderBlobs.class);
    }

    @Test
    void aPictureIsKeptInSizesAndNeverLarger() throws Exception {
        Picture picture = add(png(1000, 500, Color.BLUE));
        assertThat(picture.widths()).containsExactly(320, 640, 960, 1000);
        assertThat(picture.width()).isEqualTo(1000);
        assertThat(picture.mediaType()).isEqualTo("image/jpeg");
        BufferedImage narrow = read(rendition(picture, 300));
        assertThat(narrow.getWidth()).isEqualTo(320);
        assertThat(narrow.getHeight()).isEqualTo(160);
        assertThat(rendition(picture, 5000).width()).isEqualTo(1000);
    }

    @Test
    void whatItLooksLikeFromFarIsKeptWithIt() throws Exception {
        Picture wide = add(png(1000, 500, Color.BLUE));
        assertThat(wide.blurhash()).hasSize(LENGTH).startsWith("L");
        assertThat(dominant(averageColour(wide.blurhash()))).isEqualTo("blue");
        assertThat(shelf.find(TOWN, wide.hash()).orElseThrow()).isEqualTo(wide);
        Picture tall = add(png(300, 900, Color.RED));
        assertThat(tall.blurhash()).hasSize(LENGTH).startsWith("T");
        assertThat(dominant(averageColour(tall.blurhash()))).isEqualTo("red");
        ByteArrayOutputStream nothing = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(400, 200, BufferedImage.TYPE_INT_ARGB), "png", nothing);
        assertThat(averageColour(add(nothing.toByteArray()).blurhash())).isEqualTo(0xFFFFFF);
    }

    @Test
    void whatWasKeptBeforeIsLookedAtFromFarLaterSomeEachTime() throws Exception {
        byte[] bytes = png(338, 222, Color.GREEN);
        Picture here = add(bytes);
        shelf.add(OTHER_TOWN, new ByteArrayInputStream(bytes), "photo.png");
        Picture lost = add(png(339, 222, Color.GREEN));
        Path away = rendition(lost, 320).path();
        byte[] file = Files.readAllBytes(away);
        Files.delete(away);
        Picture broken = add(png(340, 222, Color.GREEN));
        Files.write(rendition(broken, 320).path(), new byte[] {1, 2, 3});
        engine.jdbc()
                .sql("UPDATE media_picture SET blurhash = NULL WHERE hash IN (:hashes)")
                .param("hashes", List.of(here.hash(), lost.hash(), broken.hash()))
                .update();
        assertThat(shelf.find(TOWN, here.hash()).orElseThrow().blurhash()).isEmpty();

        shelf.blur();

        assertThat(shelf.find(TOWN, here.hash()).orElseThrow()).isEqualTo(here);
        assertThat(shelf.find(OTHER_TOWN, here.hash()).orElseThrow()).isEqualTo(here);
        assertThat(shelf.find(TOWN, lost.hash()).orElseThrow().blurhash()).isEmpty();
        assertThat(shelf.find(TOWN, broken.hash()).orElseThrow().blurhash()).isEmpty();
        assertThat(engine.make(JdbcPictures.class).unblurred(Shelf.BLURRED_AT_ONCE))
                .as("a disk may be away, what is no picture is none tomorrow")
                .extracting(Picture::hash)
                .containsExactly(lost.hash());

        Files.write(away, file);
        shelf.blur();

        assertThat(shelf.find(TOWN, lost.hash()).orElseThrow()).isEqualTo(lost);
    }

    /** One for how many waves, one for how strong they are, four for the average, two for each of eleven waves. */
    private static final int LENGTH = 28;

    private static final String BASE_83 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    private static int averageColour(String blurhash) {
        return blurhash.substring(2, 6)
                .chars()
                .map(BASE_83::indexOf)
                .reduce(0, (sum, digit) -> sum * BASE_83.length() + digit);
    }

    @Test
    void noOtherTownFindsItEvenWithTheHash() throws Exception {
        Picture picture = add(png(400, 300, Color.GREEN));
        assertThat(shelf.find(OTHER_TOWN, picture.hash())).isEmpty();
        assertThat(shelf.rendition(OTHER_TOWN, picture.hash(), 320)).isEmpty();
    }

    @Test
    void theSamePictureTwiceIsOne() throws Exception {
        assertThat(add(png(400, 301, Color.RED)).hash())
                .isEqualTo(add(png(400, 301, Color.RED)).hash());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPhotographIsTurnedUprightWhateverTheCamera(int orientation) throws Exception {
        // Red on the left, blue on the right, a green band on top: upright as seen.
        BufferedImage seen = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = seen.createGraphics();
        canvas.setColor(Color.RED);
        canvas.fillRect(0, 0, 200, 200);
        canvas.setColor(Color.BLUE);
        canvas.fillRect(200, 0, 200, 200);
        canvas.setColor(Color.GREEN);
        canvas.fillRect(0, 0, 400, 60);
        canvas.dispose();
        Picture picture = add(withExif(jpeg(stored(seen, orientation)), orientation));

        BufferedImage shown = read(rendition(picture, 400));
        assertThat(shown.getWidth()).isEqualTo(400);
        assertThat(shown.getHeight()).isEqualTo(200);
        assertThat(dominant(shown.getRGB(60, 150))).isEqualTo("red");
        assertThat(dominant(shown.getRGB(340, 150))).isEqualTo("blue");
        assertThat(dominant(shown.getRGB(60, 20))).isEqualTo("green");
        assertThat(dominant(shown.getRGB(340, 20))).isEqualTo("green");
    }

    @Test
    void nothingOfTheFileIsLeftButThePixels() throws Exception {
        byte[] photograph = withExif(jpeg(image(640, 480, Color.GRAY)), 6);
        assertThat(ImageMetadataReader.readMetadata(new ByteArrayInputStream(photograph))
                        .getFirstDirectoryOfType(GpsDirectory.class))
                .isNotNull();
        Picture picture = add(photograph);
        for (int width : picture.widths()) {
            var metadata = ImageMetadataReader.readMetadata(
                    rendition(picture, width).path().toFile());
            assertThat(metadata.getFirstDirectoryOfType(GpsDirectory.class)).isNull();
            assertThat(metadata.getFirstDirectoryOfType(ExifIFD0Directory.class))
                    .isNull();
        }
    }

    /** A camera's block, an editor's, a phone's: whoever wrote what into the file, none of it comes out again. */
    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    void noBlockOfTheFileIsKeptWhateverItSays(String format) throws Exception {
        String place = "48.6905 N, 2.3741 E";
        byte[] said = place.getBytes(StandardCharsets.US_ASCII);
        byte[] xmp =
                ("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">" + place + "</x:xmpmeta>").getBytes(StandardCharsets.US_ASCII);
        byte[] photograph = switch (format) {
            case "jpeg" -> {
                byte[] jpeg = withExif(jpeg(image(640, 480, Color.GRAY)), 1);
                jpeg = inserted(jpeg, 2, segment(0xFFE1, "http://ns.adobe.com/xap/1.0/\0", xmp));
                jpeg = inserted(jpeg, 2, segment(0xFFED, "Photoshop 3.0\0", said));
                yield inserted(jpeg, 2, segment(0xFFFE, "", said));
            }
            default -> {
                BufferedImage seeThrough = new BufferedImage(640, 480, BufferedImage.TYPE_INT_ARGB);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                ImageIO.write(seeThrough, "png", out);
                byte[] png = inserted(
                        out.toByteArray(), chunk("tEXt", ("Comment\0" + place).getBytes(StandardCharsets.US_ASCII)));
                png = inserted(
                        png,
                        chunk("iTXt", ("XML:com.adobe.xmp\0\0\0\0\0" + place).getBytes(StandardCharsets.US_ASCII)));
                yield inserted(
                        png, chunk("eXIf", ("MM\0*\0\0\0\u0008\0\0" + place).getBytes(StandardCharsets.US_ASCII)));
            }
        };
        assertThat(new String(photograph, StandardCharsets.ISO_8859_1)).contains(place);

        Picture picture = add(photograph);
        assertThat(picture.mediaType()).isEqualTo("image/" + format);
        for (int width : picture.widths()) {
            Path kept = rendition(picture, width).path();
            assertThat(new String(Files.readAllBytes(kept), StandardCharsets.ISO_8859_1))
                    .doesNotContain(place);
            assertThat(ImageMetadataReader.readMetadata(kept.toFile()).getDirectories())
                    .extracting(Directory::getName)
                    .isSubsetOf("JPEG", "JFIF", "Huffman", "PNG-IHDR", "File Type", "File");
        }
    }

    private static byte[] segment(int marker, String head, byte[] body) {
        byte[] name = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + name.length + body.length)
                .putShort((short) marker)
                .putShort((short) (2 + name.length + body.length))
                .put(name)
                .put(body)
                .array();
    }

    @Test
    void aWebpAndACmykJpegAreTakenAndTransparencyIsKept() throws Exception {
        Picture webp = add(Files.readAllBytes(SAMPLES.resolve("gradient.webp")));
        assertThat(webp.width()).isEqualTo(800);
        assertThat(webp.mediaType()).isEqualTo("image/jpeg");
        assertThat(read(rendition(webp, 800)).getRGB(790, 250) >> 16 & 0xFF).isGreaterThan(200);
        Picture cmyk = add(Files.readAllBytes(SAMPLES.resolve("cmyk.jpg")));
        assertThat(read(rendition(cmyk, 800)).getRGB(790, 250) >> 16 & 0xFF).isGreaterThan(180);
        Picture transparent = add(Files.readAllBytes(SAMPLES.resolve("transparent.webp")));
        assertThat(transparent.mediaType()).isEqualTo("image/png");
        assertThat(read(rendition(transparent, 600)).getRGB(300, 200) >>> 24).isBetween(100, 140);
    }

    @Test
    void whatIsTooManyPixelsIsRefusedBeforeAnythingIsAllocated() {
        refused("media.too-many-pixels", bomb(60_000, 60_000));
        refused("media.too-many-pixels", bomb(Integer.MAX_VALUE, Integer.MAX_VALUE));
        refused("media.too-many-pixels", bomb(1_000_000, 1));
        refused("media.broken", bomb(-1, 10));
        refused("media.broken", bomb(0, 0));
    }

    /** A few kilobytes, of which the decoder would make 400 megabytes. */
    @Test
    void aLosslessWebpIsDecodedWholeAndMayHaveHalfAsMany() throws Exception {
        refused("media.too-many-pixels", Files.readAllBytes(SAMPLES.resolve("fifty-megapixels-lossless.webp")));
    }

    @Test
    void whatIsNoPictureIsRefusedWhateverItsName() throws Exception {
        refused("media.not-a-picture", "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8));
        refused("media.not-a-picture", zip());
        refused("media.not-a-picture", new byte[0]);
        refused("media.not-a-picture", "GIF89a".getBytes(StandardCharsets.US_ASCII));
        refused(
                "media.svg",
                "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8));
        refused("media.heic", "\0\0\0\u0018ftypheic\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theRefusalNamesTheFileAndNotTheFolderItCameFrom() {
        assertThatThrownBy(() -> shelf.add(
                        TOWN,
                        new ByteArrayInputStream(new byte[0]),
                        "C:\\Users\\Jeanne\\\u202E" + "é".repeat(200) + ".jpg"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.args()).containsExactly("é".repeat(79) + "…"));
    }

    @Test
    void aBrokenPictureIsRefusedAndLeavesNothing() throws Exception {
        long before = files();
        byte[] png = png(900, 700, Color.ORANGE);
        refused("media.broken", Arrays.copyOf(png, png.length / 2));
        refused("media.broken", Arrays.copyOf(png, 40));
        refused("media.broken", changed(png, png.length / 2));
        byte[] jpeg = jpeg(image(900, 700, Color.ORANGE));
        refused("media.broken", Arrays.copyOf(jpeg, jpeg.length / 2));
        refused("media.broken", Arrays.copyOf(jpeg, jpeg.length - 2));
        refused("media.broken", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0, 0, 0});
        byte[] webp = Files.readAllBytes(SAMPLES.resolve("gradient.webp"));
        refused("media.broken", Arrays.copyOf(webp, webp.length / 2));
        refused("media.broken", Arrays.copyOf(webp, 20));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aTextThatWouldInflateToGigabytesIsNotEvenRead() throws Exception {
        byte[] png = palette();
        byte[] bomb = inserted(png, chunk("zTXt", textOfZeros(1_000_000_000)));
        assertThat(bomb.length).isLessThan(Limits.BYTES);
        assertThat(add(bomb).hash()).isEqualTo(add(png).hash());
    }

    @Test
    void aWebpFrameLargerThanItsCanvasIsRefused() throws Exception {
        byte[] webp = Files.readAllBytes(SAMPLES.resolve("transparent.webp"));
        assertThat(new String(webp, 12, 4, StandardCharsets.US_ASCII)).isEqualTo("VP8X");
        byte[] small = webp.clone();
        Arrays.fill(small, 24, 30, (byte) 0);
        refused("media.broken", small);
    }

    @ParameterizedTest
    @ValueSource(strings = {"animated.webp", "animated.png"})
    void ofAnAnimationTheFirstPictureIsKept(String sample) throws Exception {
        Picture picture = add(Files.readAllBytes(SAMPLES.resolve(sample)));
        assertThat(dominant(read(rendition(picture, 400)).getRGB(200, 100))).isEqualTo("red");
    }

    @Test
    void whenTheDiskIsFullAPictureIsRefusedAndLeavesNothing() throws Exception {
        byte[] picture = png(1000, 400, Color.MAGENTA);
        FillingDisk disk = new FillingDisk(engine.make(FolderBlobs.class));
        Shelf full = new Shelf(engine.make(JdbcPictures.class), disk, engine.clock());
        long before = files();
        assertThatThrownBy(() -> full.add(TOWN, new ByteArrayInputStream(picture), "photo.png"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("media.disk-full");
                    assertThat(refusal.status()).isEqualTo(HttpStatus.INSUFFICIENT_STORAGE);
                });
        assertThat(disk.written).isEqualTo(2);
        assertThat(files()).isEqualTo(before);

        Picture later = add(picture);
        assertThat(rendition(later, 1000).path()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    void aPictureThatTakesTooLongIsStoppedAndWhoWaitsHasTheirTurn(String format) throws Exception {
        Clock hurried = new Hurried();
        Shelf slow = new Shelf(engine.make(JdbcPictures.class), engine.make(FolderBlobs.class), hurried);
        ByteArrayOutputStream noise = new ByteArrayOutputStream();
        ImageIO.write(noise(900, 900), format, noise);
        assertThatThrownBy(() -> slow.add(TOWN, new ByteArrayInputStream(noise.toByteArray()), "photo"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("media.takes-too-long");
                    assertThat(refusal.args()).containsExactly("photo");
                });
        assertThat(slow.add(TOWN, new ByteArrayInputStream(png(20, 20, Color.BLUE)), "photo")
                        .width())
                .isEqualTo(20);
    }

    /** Three seconds pass whenever it is looked at. */
    private static final class Hurried extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            now = now.plusSeconds(3);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    @Test
    void moreThanTwentyMegabytesAreRefused() {
        refused("media.too-large", new byte[20_000_001]);
    }

    @Test
    void whatNobodyUsesGoesAfterSevenDaysAndWhatIsUsedStays() throws Exception {
        Picture used = add(png(333, 222, Color.PINK));
        Picture unused = add(png(334, 222, Color.CYAN));
        engine.writing().executeWithoutResult(status -> shelf.claim(TOWN, "notice/1", List.of(used.hash())));
        Path file = rendition(unused, 320).path();

        engine.clock().advance(Duration.ofDays(6).plusHours(23));
        shelf.sweep();
        assertThat(shelf.find(TOWN, unused.hash())).isPresent();
        engine.clock().advance(Duration.ofHours(2));
        shelf.sweep();
        assertThat(shelf.find(TOWN, unused.hash())).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(shelf.rendition(TOWN, used.hash(), 320)).isPresent();
    }

    @Test
    void aPictureGoesOnlyOnceEveryClaimantHasLetGo() throws Exception {
        Picture shared = add(png(335, 222, Color.WHITE));
        engine.writing().executeWithoutResult(status -> {
            shelf.claim(TOWN, "notice/7/draft", List.of(shared.hash()));
            shelf.claim(TOWN, "town/arms", List.of(shared.hash(), shared.hash()));
        });
        engine.clock().advance(Duration.ofDays(8));
        engine.writing().executeWithoutResult(status -> shelf.release(TOWN, "notice/7/draft"));
        shelf.sweep();
        assertThat(shelf.find(TOWN, shared.hash())).isPresent();
        engine.writing().executeWithoutResult(status -> shelf.release(TOWN, "town/arms"));
        shelf.sweep();
        assertThat(shelf.find(TOWN, shared.hash())).isEmpty();
    }

    @Test
    void whatOneTownLetsGoAnotherKeeps() throws Exception {
        byte[] bytes = png(336, 222, Color.YELLOW);
        Picture here = add(bytes);
        Picture there = shelf.add(OTHER_TOWN, new ByteArrayInputStream(bytes), "photo.png");
        engine.writing().executeWithoutResult(status -> shelf.claim(OTHER_TOWN, "notice/9", List.of(there.hash())));
        engine.clock().advance(Duration.ofDays(8));
        shelf.sweep();
        assertThat(shelf.find(TOWN, here.hash())).isEmpty();
        assertThat(shelf.rendition(OTHER_TOWN, there.hash(), 320).orElseThrow().path())
                .exists();
    }

    @Test
    void aFileThatNoRowKnowsGoesAndAYoungOneStays() throws Exception {
        Picture used = add(png(337, 222, Color.ORANGE));
        engine.writing().executeWithoutResult(status -> shelf.claim(TOWN, "notice/11", List.of(used.hash())));
        Path media = rendition(used, 320).path().getParent().getParent();
        Path old = stray(media, "ab".repeat(32) + "-320.jpg", Duration.ofDays(8));
        Path half = stray(media, "cd".repeat(32) + "-320.jpg.123.new", Duration.ofDays(8));
        Path young = stray(media, "ef".repeat(32) + "-320.jpg", Duration.ofDays(1));
        Files.setLastModifiedTime(rendition(used, 320).path(), written(Duration.ofDays(8)));

        shelf.sweep();

        assertThat(old).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(young).exists();
        assertThat(shelf.rendition(TOWN, used.hash(), 320)).isPresent();
    }

    private Path stray(Path media, String name, Duration age) throws IOException {
        Path folder = Files.createDirectories(media.resolve(name.substring(0, 2)));
        Path file = Files.write(folder.resolve(name), new byte[] {1});
        return Files.setLastModifiedTime(file, written(age));
    }

    private FileTime written(Duration age) {
        return FileTime.from(engine.clock().instant().minus(age));
    }

    /** Takes two files, then no more. */
    private static final class FillingDisk implements Blobs {

        private final Blobs disk;
        private int written;

        FillingDisk(Blobs disk) {
            this.disk = disk;
        }

        @Override
        public boolean put(String name, byte[] content) throws IOException {
            if (written == 2) {
                throw new IOException("No space left on device");
            }
            written++;
            return disk.put(name, content);
        }

        @Override
        public Path path(String name) {
            return disk.path(name);
        }

        @Override
        public boolean full() {
            return true;
        }

        @Override
        public void delete(String name) throws IOException {
            disk.delete(name);
        }

        @Override
        public List<String> olderThan(Instant before) throws IOException {
            return disk.olderThan(before);
        }
    }

    private Picture add(byte[] bytes) {
        return shelf.add(TOWN, new ByteArrayInputStream(bytes), "photo.jpg");
    }

    private StoredRendition rendition(Picture picture, int width) {
        return shelf.rendition(TOWN, picture.hash(), width).orElseThrow();
    }

    private void refused(String code, byte[] bytes) {
        assertThatThrownBy(() -> add(bytes))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private long files() throws IOException {
        Path media = engine.folder().path().resolve("media");
        if (!Files.exists(media)) {
            return 0;
        }
        try (var all = Files.walk(media)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static BufferedImage read(StoredRendition stored) throws IOException {
        return ImageIO.read(stored.path().toFile());
    }

    private static String dominant(int rgb) {
        int red = rgb >> 16 & 0xFF;
        int green = rgb >> 8 & 0xFF;
        int blue = rgb & 0xFF;
        return red > green && red > blue ? "red" : green > blue ? "green" : "blue";
    }

    private static BufferedImage image(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(colour);
        canvas.fillRect(0, 0, width, height);
        canvas.dispose();
        return image;
    }

    private static byte[] png(int width, int height, Color colour) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image(width, height, colour), "png", out);
        return out.toByteArray();
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }

    /** How a camera stores what is {@code seen}, pixel by pixel from EXIF's own table of where row 0 and column 0 are. */
    private static BufferedImage stored(BufferedImage seen, int orientation) {
        int width = seen.getWidth();
        int height = seen.getHeight();
        boolean turned = orientation >= 5;
        BufferedImage stored =
                new BufferedImage(turned ? height : width, turned ? width : height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < stored.getHeight(); y++) {
            for (int x = 0; x < stored.getWidth(); x++) {
                int seenX = switch (orientation) {
                    case 1, 4 -> x;
                    case 2, 3 -> width - 1 - x;
                    case 5, 8 -> y;
                    default -> width - 1 - y;
                };
                int seenY = switch (orientation) {
                    case 1, 2 -> y;
                    case 3, 4 -> height - 1 - y;
                    case 5, 6 -> x;
                    default -> height - 1 - x;
                };
                stored.setRGB(x, y, seen.getRGB(seenX, seenY));
            }
        }
        return stored;
    }

    /** An APP1 segment with an orientation and a place, after the JPEG's first marker. */
    private static byte[] withExif(byte[] jpeg, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(80);
        tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        tiff.putShort((short) 2);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        tiff.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38);
        tiff.putInt(0);
        tiff.putShort((short) 1);
        tiff.putShort((short) 1).putShort((short) 2).putInt(2).put("N\0\0\0".getBytes(StandardCharsets.US_ASCII));
        tiff.putInt(0);
        byte[] body = Arrays.copyOf(tiff.array(), tiff.position());
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + body.length + 10);
        file.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (body.length + 8));
        file.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(body).put(jpeg, 2, jpeg.length - 2);
        return file.array();
    }

    private static byte[] changed(byte[] file, int at) {
        byte[] changed = file.clone();
        changed[at] ^= 0x55;
        return changed;
    }

    /** Readers look at the texts of such a PNG even when told to ignore them. */
    private static byte[] palette() throws IOException {
        BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_BYTE_INDEXED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    /** After IHDR. */
    private static byte[] inserted(byte[] png, byte[] chunk) {
        return inserted(png, 33, chunk);
    }

    private static byte[] inserted(byte[] file, int at, byte[] more) {
        ByteBuffer longer = ByteBuffer.allocate(file.length + more.length);
        return longer.put(file, 0, at).put(more).put(file, at, file.length - at).array();
    }

    private static byte[] chunk(String type, byte[] body) {
        ByteBuffer chunk = ByteBuffer.allocate(body.length + 12).putInt(body.length);
        chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(body);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, body.length + 4);
        return chunk.putInt((int) crc.getValue()).array();
    }

    private static byte[] textOfZeros(int length) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
        // As small as the best compression would make it is not the point.
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(text, new Deflater(Deflater.BEST_SPEED))) {
            byte[] zeros = new byte[1_000_000];
            for (int written = 0; written < length; written += zeros.length) {
                deflated.write(zeros);
            }
        }
        return text.toByteArray();
    }

    /** A PNG of a few bytes that says it is enormous. */
    private static byte[] bomb(int width, int height) {
        byte[] header = chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        byte[] end = chunk("IEND", new byte[0]);
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
        return ByteBuffer.allocate(signature.length + header.length + end.length)
                .put(signature)
                .put(header)
                .put(end)
                .array();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("photo.jpg"));
            zip.write(new byte[1000]);
        }
        return out.toByteArray();
    }
}
