package fr.tambour.ui.internal;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Files whose address changes with their content; an address that is no longer current still answers, briefly cached. */
@Controller
class AssetRoutes implements WebMvcConfigurer {

    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Stylesheets stylesheets;

    AssetRoutes(Stylesheets stylesheets) {
        this.stylesheets = stylesheets;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        for (String folder : new String[] {"assets", "fonts", "marks"}) {
            registry.addResourceHandler("/" + folder + "/**")
                    .addResourceLocations("classpath:/static/" + folder + "/")
                    .setCacheControl(FOREVER);
        }
    }

    @GetMapping("/styles/{bundle:site|studio}-{hash:[0-9a-f]{8}}.css")
    ResponseEntity<byte[]> stylesheet(@PathVariable String bundle, @PathVariable String hash) {
        Stylesheets.Bundle current = stylesheets.bundle(bundle + ".css");
        boolean asked = current.fileName().equals(bundle + "-" + hash + ".css");
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
                .cacheControl(asked ? FOREVER : CacheControl.noCache())
                .body(current.css());
    }
}
