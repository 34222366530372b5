package fr.tambour.notice;

import fr.tambour.ui.Words;
import java.time.LocalDateTime;
import java.util.List;

/**
 * One thing that is missing or doubtful in a draft.
 *
 * @param weight whether it blocks submission, or advises
 * @param code names the sentence: message key {@code notice.finding.CODE}
 * @param field where it is: {@code title}, {@code event.start}, {@code pictures[0]}, {@code words.en} …
 * @param args what the sentence needs
 */
public record Finding(Weight weight, String code, String field, List<Object> args) {

    /** Whether it stops the notice. */
    public enum Weight {
        BLOCKS,
        ADVISES
    }

    public static Finding blocks(String code, String field, Object... args) {
        return new Finding(Weight.BLOCKS, code, field, List.of(args));
    }

    public static Finding advises(String code, String field, Object... args) {
        return new Finding(Weight.ADVISES, code, field, List.of(args));
    }

    public boolean blocks() {
        return weight == Weight.BLOCKS;
    }

    /** What it says to a person. */
    public String sentence(Words words) {
        Object[] values = args.stream()
                .map(arg -> arg instanceof LocalDateTime time ? words.time(time.toLocalTime()) : arg)
                .toArray();
        return words.get("notice.finding." + code, values);
    }
}
