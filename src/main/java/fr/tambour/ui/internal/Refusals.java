package fr.tambour.ui.internal;

import fr.tambour.ui.RefusalPage;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.NoSuchMessageException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a request that failed: a page in the town's frame, or an RFC 9457 problem where a program asked. Says nothing about our insides; a failure of
 * ours gets a number that leads to its trace in the log.
 */
@Component
class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private static final String NUMBER_LETTERS = "0123456789BCDFGHJKLMNPQRSTVWXZ";
    private static final int NUMBER_LENGTH = 6;
    private static final int RETRY_SECONDS = 5;

    /** Somebody has to make room on the disk. */
    private static final int RETRY_ROOM_SECONDS = 300;

    private final TemplateEngine engine;
    private final FrameSources sources;

    Refusals(TemplateEngine engine, FrameSources sources) {
        this.engine = engine;
        this.sources = sources;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Throwable thrown) throws IOException {
        if (Failure.gone(thrown)) {
            log.debug("The reader of {} left before the answer was complete", route(request));
            if (!response.isCommitted()) {
                response.setStatus(HttpStatus.REQUEST_TIMEOUT.value());
            }
            return;
        }
        answer(request, response, Failure.of(thrown), thrown);
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Failure failure, @Nullable Throwable thrown)
            throws IOException {
        String incident = failure.ours() ? incident() : null;
        report(request, failure, incident, thrown);
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(failure.status().value());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.ETAG, null);
        if (failure.status().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        } else if (failure.status().isSameCodeAs(HttpStatus.INSUFFICIENT_STORAGE)) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, RETRY_ROOM_SECONDS);
        }
        if (thrown instanceof HttpRequestMethodNotSupportedException method && method.getSupportedMethods() != null) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", method.getSupportedMethods()));
        }
        if (wantsProblem(request)) {
            problem(request, response, failure, incident);
        } else {
            page(request, response, failure, incident);
        }
    }

    private static void report(
            HttpServletRequest request, Failure failure, @Nullable String incident, @Nullable Throwable thrown) {
        if (failure.ours()) {
            log.error(
                    "Incident {}: {} {} was answered {} ({}); whoever asked was told to try again and given this number",
                    incident,
                    request.getMethod(),
                    route(request),
                    failure.status().value(),
                    failure.code(),
                    thrown);
        } else {
            log.debug(
                    "{} {} was refused with {} ({})",
                    request.getMethod(),
                    route(request),
                    failure.status().value(),
                    failure.code());
        }
    }

    /** The pattern rather than the path, which may hold a single-use token. */
    private static String route(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "(no route)" : pattern.toString();
    }

    private static String incident() {
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < NUMBER_LENGTH; i++) {
            number.append(NUMBER_LETTERS.charAt(ThreadLocalRandom.current().nextInt(NUMBER_LETTERS.length())));
        }
        return number.toString();
    }

    private static boolean wantsProblem(HttpServletRequest request) {
        String path = Languages.path(request);
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return (Scope.isApi(path) && !path.equals("/api"))
                || (accept != null && accept.contains("json") && !accept.contains("html"));
    }

    private void problem(
            HttpServletRequest request, HttpServletResponse response, Failure failure, @Nullable String incident)
            throws IOException {
        Words words = sources.words().in(sources.languages().of(request));
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "/api#problem-" + failure.code());
        problem.put("title", heading(words, failure));
        problem.put("status", failure.status().value());
        problem.put("detail", sentence(words, failure));
        problem.put("code", failure.code());
        if (incident != null) {
            problem.put("incident", incident);
        }
        if (failure.refusal() != null) {
            problem.putAll(failure.refusal().members(words));
        }
        send(
                response,
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                JsonMapper.shared().writeValueAsBytes(problem));
    }

    private void page(
            HttpServletRequest request, HttpServletResponse response, Failure failure, @Nullable String incident)
            throws IOException {
        byte[] page;
        String type = "text/html;charset=UTF-8";
        try {
            RequestFrame frame = failure.ours() ? sources.aloneFor(request) : sources.frameFor(request);
            RefusalPage refusal = new RefusalPage(
                    failure.status().value(),
                    heading(frame.words(), failure),
                    sentence(frame.words(), failure),
                    incident);
            Utf8ByteOutput output = new JteView(engine, sources, "ui/refusal.jte").page(Map.of("page", refusal), frame);
            page = output.toByteArray();
        } catch (RuntimeException e) {
            log.error("The error page itself failed; plain text was sent instead", e);
            type = "text/plain;charset=UTF-8";
            page = sentence(sources.words().in(Locale.FRENCH), failure).getBytes(StandardCharsets.UTF_8);
        }
        send(response, type, page);
    }

    private static void send(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static String heading(Words words, Failure failure) {
        String own = "error." + failure.code() + ".heading";
        String general = "ui.error." + failure.status().value();
        return words.get(
                words.has(own) ? own : words.has(general) ? general : failure.ours() ? "ui.error.500" : "ui.error.400");
    }

    static String sentence(Words words, Failure failure) {
        try {
            return words.get("error." + failure.code(), failure.args());
        } catch (NoSuchMessageException e) {
            log.error("No bundle has error.{}; a general sentence was shown instead", failure.code());
            return words.get(failure.ours() ? "error.internal" : "error.malformed");
        }
    }
}
