package fr.tambour.notice.api;

import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reference, which the build made from the controllers: as an OpenAPI document, and as a page in Tambour's look, the
 * document's own words in English.
 */
@Controller
class ReferenceController {

    private static final Resource DOCUMENT = new ClassPathResource("openapi.json", ReferenceController.class);

    private final SingletonSupplier<Reference> reference = SingletonSupplier.of(ReferenceController::read);
    private final Words words;

    ReferenceController(Words words) {
        this.words = words;
    }

    private static Reference read() {
        try {
            return new Reference(JsonMapper.shared().readTree(DOCUMENT.getContentAsByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping(path = "/api/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Resource document() {
        return DOCUMENT;
    }

    @GetMapping(path = "/api", produces = MediaType.TEXT_HTML_VALUE)
    String reference(Optional<Town> town, Locale locale, HttpServletResponse response, Model model) {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        String me = town.map(of -> of.url("/api/v1/me")).orElse("/api/v1/me");
        model.addAttribute("page", reference.obtain().page(words.in(locale), me));
        return "notice/api/reference";
    }
}
