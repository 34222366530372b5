package fr.tambour.town.internal;

import fr.tambour.storage.Ids;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcThemes extends JdbcTownList<Theme> implements Themes {

    JdbcThemes(JdbcClient jdbc, Ids ids, Towns towns) {
        super(new OrderedList(jdbc, ids, "theme"), towns);
    }

    @Override
    Theme entry(TownId town, OrderedList.Row row) {
        return new Theme(row.id(), town, row.slug(), row.names(), row.active());
    }
}
