package fr.tambour.conversation.studio;

import fr.tambour.text.SafeHtml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message, what was done with it, and what may be.
 *
 * @param unread whether nobody had opened it
 * @param link where people read it; null where it is known no more
 * @param profile of its author; null likewise
 * @param about the notice's title, or that it is about none
 * @param notice path of the notice, or null
 * @param lang of the text, or null
 * @param gone what is said in place of the text, or null
 * @param hints what may help to judge; nothing follows from them
 * @param removal why it is hidden, in a sentence, or null
 * @param problem why the last act was not done, or null
 * @param draft what was typed, or a saved reply's text
 */
public record MessagePage(
        long id,
        boolean unread,
        String who,
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
        @Nullable String removal,
        List<Answered> answers,
        @Nullable String problem,
        Acts acts,
        String draft,
        boolean clarifies,
        int most,
        String note,
        List<Reply> replies,
        List<Choice> colleagues,
        List<Choice> reasons,
        String handle,
        String host) {

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
            boolean block) {}

    /**
     * @param state « Envoyée le … par … »
     * @param release path, where the person may release it; {@code discard} and {@code takeBack} likewise
     */
    public record Answered(
            long id,
            String text,
            String lang,
            String state,
            List<InboxPage.Chip> chips,
            @Nullable String release,
            @Nullable String discard,
            @Nullable String takeBack) {}

    public record Reply(String title, String href) {}

    public record Choice(String value, String label, boolean chosen) {}
}
