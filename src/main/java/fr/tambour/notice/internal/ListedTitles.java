package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.ExerciseMark;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import org.springframework.stereotype.Component;

/** What a notice is called in the studio's lists, in letters and in its address: of an exercise that says that it is one. */
@Component
class ListedTitles {

    private final Words words;

    ListedTitles(Words words) {
        this.words = words;
    }

    /** In the town's first language; may be empty in a draft that is no exercise. */
    String of(Town town, Content content, boolean exercise) {
        String title = Titles.of(content, town.language());
        if (!exercise) {
            return title;
        }
        ExerciseMark mark = new ExerciseMark(words.in(town.locale()));
        return title.isBlank() ? mark.word() : mark.title(title);
    }
}
