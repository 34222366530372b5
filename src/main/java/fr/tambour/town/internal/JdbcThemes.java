package fr.tambour.town.internal;

import fr.tambour.storage.Ids;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.ThemesChange;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcThemes extends JdbcTownList<Theme> implements Themes {

    private final ObjectProvider<ThemesChange> steps;

    JdbcThemes(JdbcClient jdbc, Ids ids, Towns towns, ObjectProvider<ThemesChange> steps) {
        super(new OrderedList(jdbc, ids, "theme"), towns);
        this.steps = steps;
    }

    @Override
    Theme entry(TownId town, OrderedList.Row row) {
        return new Theme(row.id(), town, row.slug(), row.names(), row.active());
    }

    @Override
    @Transactional
    public List<Theme> arrange(TownId town, List<ListEntry> entries) {
        List<Theme> before = ever(town);
        List<Theme> arranged = super.arrange(town, entries);
        List<Theme> after = ever(town);
        steps.forEach(step -> step.changed(town, before, after));
        return arranged;
    }
}
