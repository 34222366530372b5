package fr.tambour.phone.site;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;

/**
 * Prints a page of ours as a tagged PDF (ISO 14289-1), with the look's own faces in it: those of {@code static/fonts} at one
 * weight each, as TrueType (fontTools' {@code instancer}). It asks for nothing: what the page does not hold itself is left
 * out. Nobody but {@link Posters} names this class, and only when it prints.
 */
final class PosterPress {

    private static final String DISPLAY = "Bricolage Tambour";
    private static final String TEXT = "Atkinson Tambour";

    static {
        XRLog.setLoggingEnabled(false);
        FontMappers.set(new NoOtherFonts());
    }

    private PosterPress() {}

    /** @param page XHTML */
    static byte[] print(String page) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        try (PdfBoxRenderer renderer = new PdfRendererBuilder()
                .usePdfUaAccessibility(true)
                .useFont(font("bricolage-800.ttf"), DISPLAY, 800, FontStyle.NORMAL, true)
                .useFont(font("atkinson-400.ttf"), TEXT, 400, FontStyle.NORMAL, true)
                .useFont(font("atkinson-700.ttf"), TEXT, 700, FontStyle.NORMAL, true)
                .useUnicodeLineBreaker(new LineBreaks())
                .useExternalResourceAccessControl(
                        (address, type) -> isHere(address), ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                .useExternalResourceAccessControl(
                        (address, type) -> isHere(address), ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI)
                .withProducer("Tambour")
                .withHtmlContent(page, null)
                .toStream(pdf)
                .buildPdfRenderer()) {
            PDDocument document = renderer.createPDFKeepOpen();
            describeLinks(document);
            document.save(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pdf.toByteArray();
    }

    /** ISO 14289-1, 7.18.5: what a link says where it is met by itself. */
    private static void describeLinks(PDDocument document) throws IOException {
        for (PDPage page : document.getPages()) {
            for (PDAnnotation annotation : page.getAnnotations()) {
                if (annotation instanceof PDAnnotationLink link && link.getAction() instanceof PDActionURI to) {
                    link.setContents(to.getURI());
                }
            }
        }
    }

    private static boolean isHere(String address) {
        return address.startsWith("data:");
    }

    private static FSSupplier<InputStream> font(String name) {
        return () -> Objects.requireNonNull(PosterPress.class.getResourceAsStream(name), name);
    }
}
