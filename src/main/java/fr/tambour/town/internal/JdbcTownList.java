package fr.tambour.town.internal;

import fr.tambour.town.ListEntry;
import fr.tambour.town.Listed;
import fr.tambour.town.TownId;
import fr.tambour.town.TownList;
import fr.tambour.town.Towns;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.annotation.Transactional;

/** One kind of entries, over the table that holds them. */
abstract class JdbcTownList<T extends Listed> implements TownList<T> {

    private final OrderedList list;
    private final Towns towns;

    JdbcTownList(OrderedList list, Towns towns) {
        this.list = list;
        this.towns = towns;
    }

    abstract T entry(TownId town, OrderedList.Row row);

    @Override
    @Transactional(readOnly = true)
    public List<T> of(TownId town) {
        return entries(town, list.active(town));
    }

    @Override
    @Transactional(readOnly = true)
    public List<T> ever(TownId town) {
        return entries(town, list.ever(town));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<T> byId(TownId town, long id) {
        return list.byId(town, id).map(row -> entry(town, row));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<T> bySlug(TownId town, String slug) {
        return list.bySlug(town, slug).map(row -> entry(town, row));
    }

    @Override
    @Transactional
    public List<T> arrange(TownId town, List<ListEntry> entries) {
        return entries(town, list.arrange(town, towns.get(town).language(), entries));
    }

    private List<T> entries(TownId town, List<OrderedList.Row> rows) {
        return rows.stream().map(row -> entry(town, row)).toList();
    }
}
