package fr.tambour.town.internal;

import fr.tambour.storage.Ids;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcThemes implements Themes {

    private final OrderedList list;
    private final Towns towns;

    JdbcThemes(JdbcClient jdbc, Ids ids, Towns towns) {
        this.list = new OrderedList(jdbc, ids, "theme");
        this.towns = towns;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Theme> of(TownId town) {
        return themes(town, list.active(town));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Theme> ever(TownId town) {
        return themes(town, list.ever(town));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Theme> byId(TownId town, long id) {
        return list.byId(town, id).map(row -> theme(town, row));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Theme> bySlug(TownId town, String slug) {
        return list.bySlug(town, slug).map(row -> theme(town, row));
    }

    @Override
    @Transactional
    public List<Theme> arrange(TownId town, List<ListEntry> entries) {
        return themes(town, list.arrange(town, towns.get(town).language(), entries));
    }

    private static List<Theme> themes(TownId town, List<OrderedList.Row> rows) {
        return rows.stream().map(row -> theme(town, row)).toList();
    }

    private static Theme theme(TownId town, OrderedList.Row row) {
        return new Theme(row.id(), town, row.slug(), row.names(), row.active());
    }
}
