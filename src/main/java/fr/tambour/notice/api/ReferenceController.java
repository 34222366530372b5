package fr.tambour.notice.api;

import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/** The reference as a page: in Tambour's look, made on the server, the document's own words in English. */
@Controller
class ReferenceController {

    private final OpenApiWebMvcResource document;
    private final String path;
    private final Words words;

    ReferenceController(OpenApiWebMvcResource document, @Value("${springdoc.api-docs.path}") String path, Words words) {
        this.document = document;
        this.path = path;
        this.words = words;
    }

    @GetMapping(path = "/api", produces = MediaType.TEXT_HTML_VALUE)
    String reference(
            Optional<Town> town, Locale locale, HttpServletRequest request, HttpServletResponse response, Model model)
            throws Exception {
        byte[] json = document.openapiJson(request, path, Locale.ENGLISH);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        String me = town.map(of -> of.url("/api/v1/me")).orElse("/api/v1/me");
        model.addAttribute("page", new Reference(JsonMapper.shared().readTree(json)).page(words.in(locale), me));
        return "notice/api/reference";
    }
}
