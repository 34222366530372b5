package fr.tambour.notice.studio;

import fr.tambour.notice.Content;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;

/** Any form at all is a content, or is refused in words; what was read can be shown again. */
public final class FormFuzz {

    private static final NoticeForm FORM = new NoticeForm(new Town(
            new TownId(1),
            "clairval",
            TestTowns.CLAIRVAL,
            TestTowns.profile("Clairval", "clairval.example"),
            false,
            1));

    private FormFuzz() {}

    /** @param text lines `name=value` */
    public static void read(String text) {
        FormFields fields = FormFields.empty();
        fields.put("kind", "EVENT");
        text.lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> fields.add(parts[0], parts[1]));
        try {
            Content content = FORM.read(fields);
            FORM.read(FORM.write(content));
        } catch (Refusal refused) {
            // In words.
        }
    }
}
