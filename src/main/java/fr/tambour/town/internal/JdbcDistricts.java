package fr.tambour.town.internal;

import fr.tambour.storage.Ids;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcDistricts extends JdbcTownList<District> implements Districts {

    JdbcDistricts(JdbcClient jdbc, Ids ids, Towns towns) {
        super(new OrderedList(jdbc, ids, "district"), towns);
    }

    @Override
    District entry(TownId town, OrderedList.Row row) {
        return new District(row.id(), town, row.slug(), row.names(), row.active());
    }
}
