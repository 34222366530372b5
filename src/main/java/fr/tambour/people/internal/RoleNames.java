package fr.tambour.people.internal;

import fr.tambour.people.Role;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Roles as the tables hold them: names separated by commas. */
final class RoleNames {

    private RoleNames() {}

    static String join(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).collect(Collectors.joining(","));
    }

    static Set<Role> split(String names) {
        return Arrays.stream(names.split(","))
                .filter(name -> !name.isEmpty())
                .map(Role::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
