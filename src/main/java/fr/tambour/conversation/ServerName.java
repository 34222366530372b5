package fr.tambour.conversation;

import fr.tambour.town.HostName;
import java.util.ArrayList;
import java.util.List;

/** Somebody's server as it is counted and kept out by: its name, whatever port it speaks on, and all names below it. */
public final class ServerName {

    private ServerName() {}

    /** @param authority host, perhaps with a port */
    public static String of(String authority) {
        return HostName.ofHeader(authority);
    }

    /** The name itself, and each that it is below: {@code a.b.example}, {@code b.example}, {@code example}. */
    public static List<String> andAbove(String name) {
        List<String> names = new ArrayList<>();
        names.add(name);
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            names.add(name.substring(dot + 1));
        }
        return List.copyOf(names);
    }
}
