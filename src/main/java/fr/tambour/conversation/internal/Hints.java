package fr.tambour.conversation.internal;

import fr.tambour.text.Folding;
import fr.tambour.town.TownId;
import java.util.List;
import org.springframework.stereotype.Component;

/** What may help whoever judges a message. It is shown, and nothing follows from it by itself. */
@Component
public class Hints {

    /**
     * @param links how many the text has, but for mentions
     * @param same how many messages say the same, this one among them; 0 for a few words
     * @param insults those of the town's list that it holds
     */
    public record Seen(int links, int same, List<String> insults) {}

    private final Messages messages;
    private final Preferences preferences;

    Hints(Messages messages, Preferences preferences) {
        this.messages = messages;
        this.preferences = preferences;
    }

    /** In the caller's transaction. */
    public Seen of(TownId town, Message message) {
        String fingerprint = message.fingerprint();
        return new Seen(
                message.links(),
                fingerprint.isEmpty()
                        ? 0
                        : messages.repeats(town, List.of(fingerprint)).getOrDefault(fingerprint, 1),
                insults(message.plain(), preferences.of(town).insults()));
    }

    /** Whole words, whatever their accents and case. */
    static List<String> insults(String text, List<String> list) {
        String words = spaced(text);
        return list.stream()
                .filter(word -> !spaced(word).isBlank() && words.contains(spaced(word)))
                .toList();
    }

    private static String spaced(String text) {
        return " " + String.join(" ", Folding.words(text)) + " ";
    }
}
