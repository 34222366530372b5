package fr.tambour.notice.studio;

import fr.tambour.ui.Icon;
import java.util.List;

/** What sort of notice to begin. */
public record NewNoticePage(List<Choice> choices) {

    /** @param hint what this kind is for, and when it ends */
    public record Choice(String value, String label, String hint, Icon icon) {}
}
