package fr.tambour.notice.studio;

import fr.tambour.text.SafeHtml;
import fr.tambour.ui.Icon;
import fr.tambour.ui.PagePanel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notice as whoever decides about it reads it.
 *
 * @param exercise whether it only practises an alert
 * @param number of the revision read, 0 for a draft that was never submitted
 * @param paper {@code draft}, {@code white} or {@code gone}
 * @param texts the first language first
 * @param reason why it is corrected, as the public will read it; empty otherwise
 * @param facts all that is not text
 * @param seen the renditions
 * @param changes since the version named by {@code since}
 * @param since empty where there is nothing to compare with
 * @param waiting who can approve it, while it waits for that
 * @param old an earlier revision: nothing can be done here
 * @param reach whom it will reach, where it can be released from here
 * @param panels what other modules say of it
 * @param release the release fields as they were posted, to be shown again after a refusal
 */
public record ReadingPage(
        String ref,
        int number,
        String title,
        String kind,
        Icon icon,
        boolean emergency,
        boolean exercise,
        String state,
        String look,
        String paper,
        String status,
        List<Text> texts,
        String reason,
        List<Fact> facts,
        List<Picture> pictures,
        List<Aside.Seen> seen,
        List<Difference> changes,
        String since,
        Stretch<Step> history,
        Stretch<Version> versions,
        String note,
        @Nullable Waiting waiting,
        boolean old,
        Acts acts,
        FormFields release,
        Aside.Question question,
        List<Aside.Line> missing,
        @Nullable String publicUrl,
        @Nullable String problem,
        @Nullable Reaching reach,
        List<PagePanel> panels) {

    public record Text(
            String lang,
            String language,
            String title,
            String summary,
            String instruction,
            SafeHtml body,
            List<Fact> more) {}

    /**
     * @param others its descriptions in the other languages
     * @param remains what of it remains visible where it is cut; empty for the centre
     */
    public record Picture(
            String src,
            String alternative,
            List<Alternative> others,
            boolean decorative,
            String credit,
            String remains) {}

    public record Alternative(String lang, String language, String text) {}

    /**
     * @param who can approve it, or that nobody can
     * @param what to do where nobody can; empty otherwise
     * @param invite whether the reader may invite somebody
     */
    public record Waiting(String who, String what, boolean invite) {}

    public record Step(String when, String who, String what, String reason) {}

    /**
     * @param state what has become of the public one, in a word; empty for the others
     * @param look of that word
     */
    public record Version(int number, String when, String who, String state, String look, boolean current) {}

    /**
     * What may be done here by who is looking. Nothing illegal is offered.
     *
     * @param ownText approval is due, but four eyes ask for somebody else
     * @param wished its publication time as wished, in words; empty where there is none ahead
     * @param occurrences days that can be cancelled, ISO 8601 and words
     * @param version of the draft
     */
    public record Acts(
            boolean approve,
            boolean ownText,
            boolean askChanges,
            boolean takeBack,
            boolean takeUp,
            boolean publish,
            boolean schedule,
            boolean unschedule,
            boolean correct,
            boolean write,
            boolean withdraw,
            boolean correctEmergency,
            boolean discard,
            String wished,
            List<Aside.Choice> occurrences,
            long version) {

        static final Acts NONE = new Acts(
                false, false, false, false, false, false, false, false, false, false, false, false, false, "",
                List.of(), 0);

        public boolean decide() {
            return approve || ownText || askChanges;
        }
    }
}
