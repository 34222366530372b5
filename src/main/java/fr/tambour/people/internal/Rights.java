package fr.tambour.people.internal;

import fr.tambour.people.Right;
import fr.tambour.people.Role;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All rights that the modules contribute. */
@Component
public class Rights {

    private final List<Right> all;

    Rights(List<Right> all) {
        this.all = all.stream().sorted(Comparator.comparing(Right::name)).toList();
    }

    /** In order of their names. */
    public List<Right> all() {
        return all;
    }

    /** What someone with these roles may do. */
    public Set<String> of(Collection<Role> roles) {
        return all.stream()
                .filter(right -> roles.stream().anyMatch(right.defaults()::contains))
                .map(Right::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
