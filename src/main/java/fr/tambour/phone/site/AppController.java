package fr.tambour.phone.site;

import fr.tambour.town.ColourRole;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** The site as a web app: its manifest (W3C Web Application Manifest), its icons, its worker. */
@Controller
class AppController {

    private static final MediaType MANIFEST = MediaType.parseMediaType("application/manifest+json");
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final Resource WORKER = new ClassPathResource("sw.js", AppController.class);

    private final AppIcons icons;
    private final Words words;

    AppController(AppIcons icons, Words words) {
        this.icons = icons;
        this.words = words;
    }

    @GetMapping(PhonePaths.MANIFEST)
    ResponseEntity<byte[]> manifest(Town town, Locale locale) {
        String tag = locale.toLanguageTag();
        String home = tag.equals(town.language()) ? "/" : "/" + tag;
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("id", "/");
        manifest.put("name", town.fullName());
        manifest.put("short_name", town.name());
        manifest.put("description", words.in(locale).get("phone.app.description", town.name()));
        manifest.put("lang", tag);
        manifest.put("start_url", home);
        manifest.put("scope", "/");
        manifest.put("display", "standalone");
        manifest.put("background_color", town.palette().colour(ColourRole.WALL, false));
        manifest.put("theme_color", town.palette().colour(ColourRole.TOWN, false));
        manifest.put(
                "icons",
                List.of(
                        icon(town, "192", "192x192", "any"),
                        icon(town, "512", "512x512", "any"),
                        icon(town, "maskable", "512x512", "maskable")));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MANIFEST)
                .body(JsonMapper.shared().writeValueAsBytes(manifest));
    }

    private static Map<String, String> icon(Town town, String name, String sizes, String purpose) {
        return Map.of("src", AppIcons.path(name, town), "sizes", sizes, "type", "image/png", "purpose", purpose);
    }

    @GetMapping("/icones/{name:180|192|512|maskable|badge}.png")
    ResponseEntity<byte[]> icon(
            @PathVariable String name, @RequestParam(name = "v", defaultValue = "0") long version, Town town) {
        byte[] icon = icons.of(town, AppIcons.Form.of(name))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
        return ResponseEntity.ok()
                .cacheControl(
                        version == town.version()
                                ? CacheControl.maxAge(365, TimeUnit.DAYS)
                                        .cachePublic()
                                        .immutable()
                                : CacheControl.maxAge(1, TimeUnit.DAYS).cachePublic())
                .contentType(MediaType.IMAGE_PNG)
                .body(icon);
    }

    /** Browsers ask for it again at least once a day, whatever it says; its address never changes. */
    @GetMapping(PhonePaths.WORKER)
    ResponseEntity<byte[]> worker() throws IOException {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(SCRIPT)
                .body(WORKER.getContentAsByteArray());
    }
}
