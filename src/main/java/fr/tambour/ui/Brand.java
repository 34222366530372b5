package fr.tambour.ui;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages these are.
 *
 * @param prefix the small line above the name: « Ville de »
 * @param name « Clairval-sur-Orge »
 * @param baseUrl public address without a final slash, used in all links that leave the page
 * @param languages BCP 47 tags, the first is the town's first
 * @param colours path of the stylesheet with the town's colour roles, or null for Tambour's own
 * @param arms path of the picture of the arms, or null
 * @param contact how to reach the town hall
 * @param demonstration nothing here is real, and every page says so
 */
public record Brand(
        String prefix,
        String name,
        String baseUrl,
        List<String> languages,
        @Nullable String colours,
        @Nullable String arms,
        Contact contact,
        boolean demonstration) {

    /** The same, for a page that must not need them. */
    public Brand withoutArms() {
        return new Brand(prefix, name, baseUrl, languages, colours, null, contact, demonstration);
    }

    /**
     * @param heading « Hôtel de ville »
     * @param address lines of the postal address
     * @param hours lines of the opening hours
     */
    public record Contact(
            @Nullable String heading,
            List<String> address,
            @Nullable String phone,
            @Nullable String email,
            List<String> hours) {

        public static final Contact NONE = new Contact(null, List.of(), null, null, List.of());

        public boolean empty() {
            return address.isEmpty() && phone == null && email == null && hours.isEmpty();
        }
    }

    /** Implemented by one module. */
    public interface Provider {
        Optional<Brand> brand(Scope scope);
    }
}
