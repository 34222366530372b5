package fr.tambour.notice.studio;

import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** The notices' line in the studio's menu; whoever works here may read them. */
@Component
class NoticeMenu implements MenuEntry.Provider {

    private static final int AFTER_HOME = 20;

    private final Words words;

    NoticeMenu(Words words) {
        this.words = words;
    }

    @Override
    public List<MenuEntry> entries(Scope scope) {
        return List.of(new MenuEntry(
                MenuEntry.Group.DESK,
                AFTER_HOME,
                words.in(scope.locale()).get("notice.menu.all"),
                "/studio/avis",
                null));
    }
}
