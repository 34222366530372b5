package fr.tambour.ui.internal;

import fr.tambour.ui.Assets;
import fr.tambour.ui.Edge;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what the server itself could not read: an address that climbs out of a folder, two Host fields, header fields
 * without end. There is no town and no servlet yet; whoever asks gets a plain page of ours, or a problem (RFC 9457), and
 * nothing about the server.
 */
@Component
class UnreadableRequests extends ErrorHandler implements Edge {

    private final TemplateEngine engine;
    private final Assets assets;
    private final Words words;
    private final Map<String, String> fields;
    private final Map<Answer, byte[]> made = new ConcurrentHashMap<>();

    /** There are few, and each is made once: they are sent when there is no time. */
    private record Answer(int code, Locale language, boolean problem) {}

    UnreadableRequests(TemplateEngine engine, Assets assets, Words words, SecurityHeaders headers) {
        this.engine = engine;
        this.assets = assets;
        this.words = words;
        this.fields = headers.fields();
    }

    @Override
    public Map<String, String> fields() {
        return fields;
    }

    @Override
    public void write(Request request, Response response, ByteBuffer bytes, Callback callback) {
        Pace.SLOWEST.write(request, response, true, bytes, callback);
    }

    /** Where nothing of ours has seen the request yet, and nothing more of it need be read. */
    @Override
    public void refuse(Request request, Response response, Callback callback, int code) {
        response.setStatus(code);
        generateResponse(request, response, code, null, null, callback);
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Locale language = language(request);
        boolean problem = wantsProblem(request);
        fields.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, problem ? "application/problem+json" : "text/html;charset=UTF-8");
        byte[] body = made.computeIfAbsent(new Answer(code, language, problem), this::made);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private byte[] made(Answer answer) {
        Failure failure = answer.code() == HttpStatus.SERVICE_UNAVAILABLE.value()
                ? Failure.overrun()
                : Failure.of(answer.code(), answer.code() == 500);
        Words said = words.in(answer.language());
        return answer.problem() ? problem(failure, said) : page(failure, said);
    }

    private static boolean wantsProblem(Request request) {
        String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
        String accept = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.ACCEPT), "");
        return Scope.isApi(path) && !path.equals("/api") || accept.contains("json") && !accept.contains("html");
    }

    private static Locale language(Request request) {
        String wanted = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE), "fr");
        return wanted.toLowerCase(Locale.ROOT).startsWith("en") ? Locale.ENGLISH : Locale.FRENCH;
    }

    private static byte[] problem(Failure failure, Words said) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "/api#problem-" + failure.code());
        problem.put("title", Refusals.heading(said, failure));
        problem.put("status", failure.status().value());
        problem.put("detail", Refusals.sentence(said, failure));
        problem.put("code", failure.code());
        return JsonMapper.shared().writeValueAsBytes(problem);
    }

    private byte[] page(Failure failure, Words said) {
        Utf8ByteOutput page = new Utf8ByteOutput();
        Map<String, @Nullable Object> parts = new HashMap<>();
        parts.put("lang", said.locale().toLanguageTag());
        parts.put("styles", assets.url("studio.css"));
        parts.put("script", failure.status() == HttpStatus.SERVICE_UNAVAILABLE ? assets.url("site.js") : null);
        parts.put("status", failure.status().value());
        parts.put("heading", Refusals.heading(said, failure));
        parts.put("sentence", Refusals.sentence(said, failure));
        engine.render("ui/unreadable.jte", parts, page);
        return page.toByteArray();
    }
}
