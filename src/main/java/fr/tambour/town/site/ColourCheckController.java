package fr.tambour.town.site;

import fr.tambour.town.ColourCheck;
import fr.tambour.town.ColourCheckPage;
import fr.tambour.town.Palette;
import fr.tambour.town.Profile.Colours;
import fr.tambour.ui.Refusal;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Says the contrast of two colours while they are picked, at set-up and in the settings; stores nothing. */
@Controller
class ColourCheckController {

    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");

    @GetMapping("/mise-en-place/couleurs")
    String check(@RequestParam String une, @RequestParam String deux, Model model) {
        model.addAttribute("page", ColourCheckPage.of(picked(une, deux)));
        return "town/colourCheck";
    }

    /** The colours of a preview: they hold inside `.preview` and nowhere else. */
    @GetMapping("/mise-en-place/couleurs.css")
    ResponseEntity<String> preview(@RequestParam String une, @RequestParam String deux) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(CSS)
                .body(ColourSheet.of(Palette.of(picked(une, deux)), ".preview", ""));
    }

    private static Colours picked(String first, String second) {
        return new Colours(colour(first), colour(second));
    }

    private static String colour(String typed) {
        return ColourCheck.typed(typed)
                .orElseThrow(() -> new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "town.colour-unreadable"));
    }
}
