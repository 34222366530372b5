package fr.tambour.notice.studio;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.ExerciseMark;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.text.Typography;
import fr.tambour.ui.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A notice as each channel will show it. */
@Component
class SeenRenditions {

    private final Channels channels;
    private final Names names;

    SeenRenditions(Channels channels, Names names) {
        this.channels = channels;
        this.names = names;
    }

    /** Of a draft: what a person changed, beside what the notice itself would give. */
    List<Aside.Seen> derived(Here here, DraftView view) {
        Facts facts = names.facts(here.town(), here.words());
        return channels.of(view).stream()
                .map(rendition -> seen(here, facts, view.content(), rendition, derived(here, view, rendition)))
                .toList();
    }

    /** As they are stored with a revision, or would be; in the order in which they are written. */
    List<Aside.Seen> stored(Here here, Content content, List<Rendition> renditions) {
        Facts facts = names.facts(here.town(), here.words());
        List<String> order =
                channels.all().stream().map(RenditionDeriver::channel).toList();
        return renditions.stream()
                .sorted(Comparator.comparing((Rendition rendition) -> order.indexOf(rendition.channel()))
                        .thenComparing(rendition -> here.town().languages().indexOf(rendition.language())))
                .map(rendition -> seen(here, facts, content, rendition, Map.of()))
                .toList();
    }

    private Map<String, String> derived(Here here, DraftView view, Rendition rendition) {
        Map<String, String> fields = deriver(rendition.channel())
                .map(deriver -> deriver.derive(view, rendition.language()))
                .orElse(Map.of());
        return view.exercise()
                ? new ExerciseMark(here.words().in(Locale.forLanguageTag(rendition.language()))).fields(fields)
                : fields;
    }

    private Optional<RenditionDeriver> deriver(String channel) {
        return channels.all().stream()
                .filter(deriver -> deriver.channel().equals(channel))
                .findFirst();
    }

    private Aside.Seen seen(Here here, Facts facts, Content content, Rendition rendition, Map<String, String> derived) {
        String key = "notice.seen." + rendition.channel();
        String where = here.words().has(key) ? here.words().get(key) : facts.channel(rendition.channel());
        String place = rendition.channel() + "." + rendition.language();
        Optional<RenditionDeriver> deriver = deriver(rendition.channel());
        Map<String, List<String>> choices =
                deriver.map(RenditionDeriver::choices).orElse(Map.of());
        List<String> editable = deriver.map(RenditionDeriver::fields).orElse(List.of());
        Locale locale = Locale.forLanguageTag(rendition.language());
        return new Aside.Seen(
                rendition.channel(),
                rendition.language(),
                here.town().languages().size() > 1 ? where + " (" + facts.language(rendition.language()) + ")" : where,
                place,
                rendition.edited(),
                Typography.of(rendition.text("title"), locale),
                Typography.of(rendition.text("summary"), locale),
                content.kind() != Kind.EVENT || content.event() == null
                        ? ""
                        : names.facts(here.town(), here.words().in(locale)).when(content.event()),
                deriver.map(one -> one.messages(rendition)).orElse(List.of()),
                editable.stream()
                        .filter(field -> !choices.containsKey(field))
                        .map(field -> new Aside.Field(
                                place + "." + field,
                                label(here.words(), field),
                                rendition.text(field),
                                derived.getOrDefault(field, "")))
                        .toList(),
                editable.stream()
                        .flatMap(field -> Optional.ofNullable(choices.get(field)).stream()
                                .map(values -> chosen(here.words(), place, field, rendition.text(field), values)))
                        .toList());
    }

    private static Aside.Chosen chosen(Words words, String place, String field, String value, List<String> values) {
        String key = "channel.choice." + field;
        return new Aside.Chosen(
                place + "." + field,
                words.get(key),
                value,
                values.stream()
                        .map(one -> new Aside.Choice(one, words.get(key + "." + one)))
                        .toList());
    }

    private static String label(Words words, String field) {
        String key = "channel.field." + field;
        return words.get(words.has(key) ? key : "notice.field." + field);
    }
}
