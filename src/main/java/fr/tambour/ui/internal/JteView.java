package fr.tambour.ui.internal;

import fr.tambour.ui.HeadLink;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.View;

/**
 * One page, rendered whole before its first byte leaves, so that a failure can still become an error page. Public pages are revalidated on every
 * request and carry a tag of their bytes: a change is visible on the next request, and an unchanged page costs its reader nothing.
 */
record JteView(TemplateEngine engine, FrameSources sources, String template) implements View {

    @Override
    public String getContentType() {
        return "text/html;charset=UTF-8";
    }

    @Override
    public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RequestFrame frame = sources.frameFor(request);
        Utf8ByteOutput page = page(model == null ? Map.of() : model, frame);
        response.setContentType(getContentType());
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, frame.lang());
        frame.shownLinks().stream()
                .filter(HeadLink::header)
                .forEach(link -> response.addHeader(HttpHeaders.LINK, link.asHeader()));
        if (frame.scope().studio()) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        } else if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            if (response.getStatus() == HttpServletResponse.SC_OK
                    && new ServletWebRequest(request, response).checkNotModified(tag(page))) {
                return;
            }
        }
        response.setContentLength(page.getContentLength());
        page.writeTo(response.getOutputStream());
    }

    Utf8ByteOutput page(Map<String, ?> model, RequestFrame frame) {
        Map<String, Object> params = new HashMap<>(model);
        params.put("frame", frame);
        Utf8ByteOutput output = new Utf8ByteOutput();
        engine.render(template, params, output);
        return output;
    }

    private static String tag(Utf8ByteOutput page) throws IOException {
        MessageDigest sum = sha256();
        page.writeTo((byte[] bytes, int start, int length) -> sum.update(bytes, start, length));
        // 128 bits of it: two pages of one address never share them.
        return "W/\"" + HexFormat.of().formatHex(sum.digest(), 0, 16) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
