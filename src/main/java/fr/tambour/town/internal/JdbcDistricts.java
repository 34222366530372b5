package fr.tambour.town.internal;

import fr.tambour.storage.Ids;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcDistricts implements Districts {

    private final OrderedList list;
    private final Towns towns;

    JdbcDistricts(JdbcClient jdbc, Ids ids, Towns towns) {
        this.list = new OrderedList(jdbc, ids, "district");
        this.towns = towns;
    }

    @Override
    @Transactional(readOnly = true)
    public List<District> of(TownId town) {
        return districts(town, list.active(town));
    }

    @Override
    @Transactional(readOnly = true)
    public List<District> ever(TownId town) {
        return districts(town, list.ever(town));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<District> byId(TownId town, long id) {
        return list.byId(town, id).map(row -> district(town, row));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<District> bySlug(TownId town, String slug) {
        return list.bySlug(town, slug).map(row -> district(town, row));
    }

    @Override
    @Transactional
    public List<District> arrange(TownId town, List<ListEntry> entries) {
        return districts(town, list.arrange(town, towns.get(town).language(), entries));
    }

    private static List<District> districts(TownId town, List<OrderedList.Row> rows) {
        return rows.stream().map(row -> district(town, row)).toList();
    }

    private static District district(TownId town, OrderedList.Row row) {
        return new District(row.id(), town, row.slug(), row.names(), row.active());
    }
}
