package fr.tambour.people;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.context.MessageSourceResolvable;

/**
 * One thing that somebody may or may not do. Modules contribute theirs as beans; a token can be limited to some.
 *
 * @param name {@code notices:publish}; its words are the message {@code right.notices.publish}
 * @param defaults the roles that have it
 */
public record Right(String name, Set<Role> defaults) implements MessageSourceResolvable {

    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*:[a-z]+(-[a-z]+)*");

    /** @throws IllegalArgumentException if the name is not like {@code notices:publish} */
    public Right {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a right like notices:publish: " + name);
        }
        defaults = Set.copyOf(defaults);
    }

    public Right(String name, Role... defaults) {
        this(name, Set.of(defaults));
    }

    /** Message key of its words. */
    public String key() {
        return "right." + name.replace(':', '.');
    }

    /** As an argument of a sentence it is said in its own words. */
    @Override
    public String[] getCodes() {
        return new String[] {key()};
    }

    @Override
    public String getDefaultMessage() {
        return name;
    }
}
