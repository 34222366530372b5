package fr.tambour.desk.setup;

import fr.tambour.desk.internal.SetupDraft;
import fr.tambour.desk.internal.SetupDrafts;
import fr.tambour.desk.internal.SetupPlan;
import fr.tambour.desk.internal.SetupStage;
import fr.tambour.operations.RecoveryKey;
import fr.tambour.ui.Words;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Fifth step: the key that opens backups is made, shown once, taken away on paper or as a file, and asked for back on a
 * page that does not show it. The server keeps it nowhere: paper and file are made from what the page hands back.
 */
@Controller
@RequestMapping("/mise-en-place/{token}/cle")
class RecoveryController {

    private static final Pattern KEY = Pattern.compile("AGE-SECRET-KEY-1[0-9A-Z]{58}");

    private final SetupDrafts drafts;
    private final SetupPlan plan;
    private final RecoveryKey recovery;
    private final Words words;

    RecoveryController(SetupDrafts drafts, SetupPlan plan, RecoveryKey recovery, Words words) {
        this.drafts = drafts;
        this.plan = plan;
        this.recovery = recovery;
        this.words = words;
    }

    /** @param copy whether the key has been put away and is to be copied back */
    @GetMapping
    ModelAndView show(
            @PathVariable String token, @RequestParam(name = "recopier", required = false) @Nullable String copy) {
        return page(token, null, copy != null, "", null);
    }

    @PostMapping("/nouvelle")
    ModelAndView create(@PathVariable String token) {
        return page(token, recovery.create(), false, "", null);
    }

    @PostMapping
    ModelAndView confirm(@PathVariable String token, @RequestParam(defaultValue = "") String typed, Locale locale) {
        RecoveryKey.Confirmation confirmation = recovery.confirm(typed);
        if (confirmation == RecoveryKey.Confirmation.CONFIRMED) {
            plan.done(SetupStage.RECOVERY);
            return new ModelAndView(SetupFrame.after(token, SetupStage.RECOVERY));
        }
        ModelAndView again =
                page(token, null, true, typed, words.in(locale).get("desk.recovery." + confirmation.name()));
        again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return again;
    }

    @PostMapping("/fichier")
    ResponseEntity<byte[]> file(@PathVariable String token, @RequestParam String key, Locale locale) {
        if (!KEY.matcher(key).matches()) {
            return ResponseEntity.unprocessableContent().build();
        }
        Words said = words.in(locale);
        // An identity file of age, which opens a backup without Tambour: all but the key is a comment there.
        String text = "# " + said.get("desk.recovery.file", townName()) + "\n#\n" + key + "\n#\n# "
                + said.get("desk.recovery.use") + "\n";
        String name = said.get("desk.recovery.file-name");
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/papier")
    ModelAndView paper(@PathVariable String token, @RequestParam String key) {
        if (!KEY.matcher(key).matches()) {
            return page(token, null, false, "", null);
        }
        return new ModelAndView("desk/setup/recoveryPaper", "page", new RecoveryPaperPage(townName(), key));
    }

    private String townName() {
        SetupDraft draft = drafts.current();
        String town = SetupFrame.of("", SetupStage.RECOVERY, draft).town();
        return town == null ? "" : town;
    }

    private ModelAndView page(
            String token, @Nullable String key, boolean copying, String typed, @Nullable String problem) {
        SetupDraft draft = drafts.current();
        boolean confirmed = draft.done().contains(SetupStage.RECOVERY);
        return new ModelAndView(
                "desk/setup/recovery",
                "page",
                new RecoveryPage(
                        SetupFrame.of(token, SetupStage.RECOVERY, draft), key, copying, confirmed, typed, problem));
    }
}
