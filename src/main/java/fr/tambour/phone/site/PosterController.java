package fr.tambour.phone.site;

import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The sheet that invites to be told: as a page, and as a PDF to print. */
@Controller
class PosterController {

    private static final String PATH = PhonePaths.SUBSCRIBE + "/affiche";

    private final Posters posters;
    private final Words words;

    PosterController(Posters posters, Words words) {
        this.posters = posters;
        this.words = words;
    }

    @GetMapping(PATH)
    String page(Town town, Locale locale, Model model) {
        Invitation invitation = Invitation.of(town, locale);
        model.addAttribute("page", new PosterPage(invitation, QrCode.of(invitation.address())));
        return "phone/site/poster";
    }

    @GetMapping(PATH + ".pdf")
    ResponseEntity<byte[]> pdf(Town town, Locale locale) {
        byte[] pdf = posters.of(town, locale);
        String name = words.in(locale).get("phone.poster.file", town.slug());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .eTag(Integer.toHexString(Arrays.hashCode(pdf)))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .contentType(MediaType.APPLICATION_PDF)
                .body(pdf);
    }
}
