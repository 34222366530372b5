package fr.tambour.people.studio;

import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import org.jspecify.annotations.Nullable;

/**
 * What a form is told, at the field where it can be repaired.
 *
 * @param field name of the field, or empty where it is the whole form's
 * @param sentence empty if nothing is wrong
 */
public record FormErrors(String field, String sentence) {

    /** The field of who has an account already. */
    static final String ACCOUNT = "account";

    static final FormErrors NONE = new FormErrors("", "");

    static FormErrors of(Refusal refusal, Words words) {
        return new FormErrors(field(refusal.code()), words.get(refusal.key(), refusal.args()));
    }

    private static String field(String code) {
        return switch (code) {
            case "people.password-short",
                    "people.password-long",
                    "people.password-common",
                    "people.password-guessable" -> "password";
            case "people.password-wrong", "people.too-soon" -> "current";
            case "people.name-missing", "text.too-long" -> "name";
            case "people.email-invalid", "people.already-member" -> "email";
            case "people.email-known" -> ACCOUNT;
            case "people.roles-missing", "people.token-rights-missing" -> "choices";
            default -> "";
        };
    }

    /** For a field; null where nothing is wrong with it. */
    public @Nullable String at(String name) {
        return !sentence.isEmpty() && field.equals(name) ? sentence : null;
    }

    /** For the whole form; null where it can be said at a field. */
    public @Nullable String general() {
        return at("");
    }
}
