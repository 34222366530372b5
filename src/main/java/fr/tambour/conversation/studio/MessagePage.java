package fr.tambour.conversation.studio;

import fr.tambour.text.SafeHtml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message, what was done with it, and what may be.
 *
 * @param version sent back with what is done, so that nobody acts upon what they have not seen
 * @param unread whether nobody had opened it
 * @param link where people read it; null where it is known no more
 * @param profile of its author; null likewise
 * @param about the notice's title, or that it is about none
 * @param notice path of the notice, or null
 * @param lang of the text, or null
 * @param gone what is said in place of the text, or null
 * @param hints what may help to judge; nothing follows from them
 * @param reports what the moderators of its author's server were told
 * @param removal why it is hidden, or null
 * @param who name and handle, in one line
 * @param name as they call themselves; may be empty
 * @param appeals what its author says to its being hidden
 * @param problem why the last act was not done, or null
 * @param blocked that its author is blocked, in a sentence, or null
 * @param draft what was typed, or a saved reply's text
 * @param languages in which it may be answered; empty where there is one
 * @param words what was typed with why it is hidden; {@code decision} with what was decided
 * @param told in which language its author is told
 * @param complaint what was typed to be reported; null where nothing was
 */
public record MessagePage(
        long id,
        long version,
        boolean unread,
        String who,
        String name,
        @Nullable String profile,
        @Nullable String link,
        String about,
        @Nullable String notice,
        String when,
        List<InboxPage.Chip> chips,
        @Nullable String lang,
        SafeHtml text,
        @Nullable String gone,
        List<String> attachments,
        List<String> hints,
        @Nullable Told removal,
        List<Reported> reports,
        List<Answered> answers,
        List<Contested> appeals,
        @Nullable String problem,
        @Nullable String blocked,
        Acts acts,
        String draft,
        boolean clarifies,
        List<Choice> languages,
        int most,
        String note,
        String words,
        String told,
        String decision,
        @Nullable String complaint,
        List<Reply> replies,
        List<Choice> colleagues,
        List<Choice> reasons,
        String handle,
        String host) {

    /** What was typed and has no form any more: it can still be copied. */
    public String leftOver() {
        if (problem == null) {
            return "";
        }
        if (!acts.answer() && !draft.isEmpty()) {
            return draft;
        }
        return complaint != null && !acts.report() ? complaint : acts.hide() ? "" : words;
    }

    /** Whether it was to be hidden, and was not. */
    public boolean hiding() {
        return reasons.stream().anyMatch(Choice::chosen);
    }

    /**
     * What the person may do with it as it stands.
     *
     * @param second whether somebody else has to release what is written
     */
    public record Acts(
            boolean answer,
            boolean clarify,
            boolean second,
            boolean moderate,
            boolean settle,
            boolean reopen,
            boolean hide,
            boolean block,
            boolean report) {}

    /**
     * @param state « Envoyée le … par … »
     * @param carried what became of it on its way, in a sentence, or null
     * @param release path, where the person may release it; {@code discard}, {@code takeBack} and {@code again} likewise
     */
    public record Answered(
            long id,
            String text,
            String lang,
            String state,
            @Nullable String carried,
            List<InboxPage.Chip> chips,
            @Nullable String release,
            @Nullable String discard,
            @Nullable String takeBack,
            @Nullable String again) {}

    /**
     * @param sentence « Signalé à other.example le … par … »
     * @param carried what became of it on its way, in a sentence
     * @param again path, where it may be sent once more, or null
     */
    public record Reported(
            String sentence,
            String words,
            String lang,
            @Nullable String carried,
            @Nullable String again) {}

    /**
     * Something that its author was told.
     *
     * @param words of whoever told it; may be empty
     * @param lang of these words, or null where nobody knows
     */
    public record Told(
            String sentence, String words, @Nullable String lang) {}

    /**
     * @param outcome what was decided, or null
     * @param told in which language its author is told
     * @param decide path, where the person may decide
     * @param moot whether there is nothing left to decide, because its author took it back
     * @param why they may not, in a sentence, or null
     */
    public record Contested(
            String heading,
            String text,
            @Nullable Told outcome,
            String told,
            @Nullable String decide,
            boolean moot,
            @Nullable String why) {}

    public record Reply(String title, String href) {}

    public record Choice(String value, String label, boolean chosen) {}
}
