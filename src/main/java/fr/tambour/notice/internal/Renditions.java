package fr.tambour.notice.internal;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.ExerciseMark;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A draft as each chosen channel will show it: derived, then overlaid with what a person changed. */
@Component
class Renditions implements Channels {

    private final List<RenditionDeriver> derivers;
    private final Words words;

    Renditions(List<RenditionDeriver> derivers, Words words) {
        this.words = words;
        this.derivers = derivers.stream()
                .sorted(Comparator.comparingInt(RenditionDeriver::order))
                .toList();
    }

    @Override
    public List<RenditionDeriver> all() {
        return derivers;
    }

    @Override
    public SortedSet<String> defaults(Kind kind) {
        return derivers.stream()
                .filter(deriver -> deriver.always() || deriver.byDefault(kind))
                .map(RenditionDeriver::channel)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public SortedSet<String> ofExercise() {
        return settle(defaults(Kind.EMERGENCY), true);
    }

    /** What is chosen, without channels that do not exist or carry no exercise, with those that cannot be left out. */
    SortedSet<String> settle(SortedSet<String> chosen, boolean exercise) {
        return derivers.stream()
                .filter(deriver -> !exercise || deriver.exercises())
                .filter(deriver -> deriver.always() || chosen.contains(deriver.channel()))
                .map(RenditionDeriver::channel)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<Rendition> of(DraftView draft) {
        Content content = draft.content();
        List<Rendition> all = new ArrayList<>();
        for (RenditionDeriver deriver : derivers) {
            if (content.channels().contains(deriver.channel()) && (!draft.exercise() || deriver.exercises())) {
                languages(draft).forEach(language -> all.add(rendition(deriver, draft, language)));
            }
        }
        return all;
    }

    /** An exercise goes out only in languages that have its mark: readers of others get the first, marked. */
    private List<String> languages(DraftView draft) {
        String first = draft.firstLanguage();
        return draft.content().completeLanguages(first).stream()
                .filter(language -> !draft.exercise()
                        || language.equals(first)
                        || mark(language).spoken())
                .toList();
    }

    private ExerciseMark mark(String language) {
        return new ExerciseMark(words.in(Locale.forLanguageTag(language)));
    }

    private Rendition rendition(RenditionDeriver deriver, DraftView draft, String language) {
        SortedMap<String, String> fields = new TreeMap<>(deriver.derive(draft, language));
        Map<String, String> edits = draft.content()
                .edited()
                .getOrDefault(deriver.channel(), new TreeMap<>())
                .getOrDefault(language, new TreeMap<>());
        boolean edited = false;
        for (String field : deriver.fields()) {
            String edit = edits.get(field);
            if (edit != null) {
                fields.put(field, edit);
                edited |= !deriver.choices().containsKey(field);
            }
        }
        // Last of all, so that no hand and no channel takes it away.
        return new Rendition(
                deriver.channel(), language, draft.exercise() ? mark(language).fields(fields) : fields, edited);
    }
}
