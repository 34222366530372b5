package fr.tambour.phone.internal;

import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.notice.ExerciseMark;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.Withdrawal;
import fr.tambour.phone.internal.PhoneMailing.Manner;
import fr.tambour.phone.internal.PushMessage.Urgency;
import fr.tambour.text.Counting;
import fr.tambour.text.Typography;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a phone is told of a notice, in one language: a payload that our own worker reads, and that is a Declarative Web
 * Push message as well (WebKit's explainer, https://webkit.org/blog/16535/), so that Safari shows it by itself.
 *
 * @param payload at most {@value PushMessage#MOST_BYTES} bytes
 * @param shorter the same with less text, for a service that takes less
 * @param lasts from when on nobody needs it
 */
record Telling(byte[] payload, byte[] shorter, Instant lasts, Urgency urgency, String topic) {

    /** RFC 8030 knows no limit; the services keep nothing for longer. */
    static final Duration LONGEST = Duration.ofDays(28);

    /** That a notice is gone is worth knowing for a day at least: it may still be on a screen. */
    private static final Duration AFTERWARDS = Duration.ofDays(1);

    private static final int SHORTER_BYTES = 1_800;
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur", "yi");

    /** @param manner of the phone: the words are in its language, or in the town's first */
    static Telling of(Errand errand, PublishedNotice notice, Town town, Manner manner, Words words, Instant now) {
        String language = manner.language();
        Rendition rendition = notice.rendition(PhoneChannel.NAME, language, town.language())
                .or(() -> notice.rendition("website", language, town.language()))
                .orElse(null);
        String spoken = rendition == null ? town.language() : rendition.language();
        Locale locale = Locale.forLanguageTag(spoken);
        Words said = words.in(locale);
        ExerciseMark mark = new ExerciseMark(said);
        String written = rendition == null ? notice.content().in(spoken).title() : rendition.text("title");
        String title = Typography.of(notice.exercise() ? mark.bare(written) : written, locale);
        String text = rendition == null || !rendition.channel().equals(PhoneChannel.NAME) ? "" : rendition.text("text");
        // A correction that takes the notice off the phones has no words for them: there it is gone.
        boolean gone = errand.purpose() == Purpose.WITHDRAWAL
                || errand.purpose() == Purpose.CORRECTION && !goesToPhones(notice);
        String meant = gone ? notice.withdrawal().map(Withdrawal::reason).orElse("") : text;
        // Why an exercise ended is no part of what was practised: the reason may be a real danger.
        boolean practised = notice.exercise() && (!gone || meant.isBlank());
        String body = Typography.of(practised ? mark.text(meant) : meant, locale);
        boolean late = !gone && errand.hours() instanceof Errand.Hours.Reached;
        String ended = said.get("phone.push.over", title);
        String heading = gone
                ? said.get("phone.push.withdrawn", title)
                : errand.purpose() == Purpose.CORRECTION
                        ? said.get("phone.push.corrected", late ? ended : title)
                        : title;
        String over = late ? heading : ended;
        // Told at once, at any hour, as if it took something back. Only an alert's may ring then: it does not count as
        // over, since
        // what does is shown without a sound.
        boolean isQuietlyOver = late && notice.kind() != Kind.EMERGENCY;
        if (notice.exercise()) {
            // Before everything else that is said of it, so that no lock screen cuts it off.
            heading = mark.title(heading);
            over = mark.title(over);
        }
        if (town.demonstration()) {
            heading = said.get("phone.push.demonstration", heading);
        }
        String path = "/avis/" + notice.id().ref() + "/" + notice.slug();
        String prefix = spoken.equals(town.language()) ? "" : "/" + spoken;
        Instant until = errand.until();
        Instant lasts = gone || until == null ? later(notice.until(), now.plus(AFTERWARDS)) : until;

        ObjectNode message = JsonMapper.shared().createObjectNode();
        message.put("web_push", 8030);
        ObjectNode shown = message.putObject("notification");
        shown.put("title", heading);
        shown.put("lang", spoken);
        shown.put("dir", RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr");
        shown.put("body", body);
        shown.put("navigate", town.url(prefix + path));
        shown.put("tag", notice.id().ref());
        shown.put("silent", gone || manner.quiet() || isQuietlyOver);
        if (notice.kind() == Kind.EMERGENCY && !notice.exercise() && !gone && !late) {
            shown.put("requireInteraction", true);
        }
        ObjectNode data = shown.putObject("data");
        data.put("notice", notice.id().ref());
        data.put("revision", errand.revision());
        data.put("kind", notice.kind().name());
        if (notice.exercise()) {
            data.put("exercise", true);
        }
        data.put("state", gone ? "withdrawn" : errand.purpose() == Purpose.CORRECTION ? "corrected" : "published");
        if (!gone) {
            data.put("until", (isQuietlyOver ? notice.until() : lasts).toEpochMilli());
            data.put("over", over);
            data.put("copy", said.get("ui.copy"));
        }
        message.put("mutable", true);
        return new Telling(
                fitting(message, PushMessage.MOST_BYTES),
                fitting(message, SHORTER_BYTES),
                lasts,
                switch (notice.kind()) {
                    case EMERGENCY -> notice.exercise() ? Urgency.NORMAL : Urgency.HIGH;
                    case NEWS -> Urgency.LOW;
                    case EVENT, PRACTICAL -> Urgency.NORMAL;
                },
                topic(notice));
    }

    private static boolean goesToPhones(PublishedNotice notice) {
        return notice.content().channels().contains(PhoneChannel.NAME);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Eleven characters of base64url: the notice's id (RFC 8030 section 5.4 allows 32). */
    private static String topic(PublishedNotice notice) {
        return Base64Url.of(
                ByteBuffer.allocate(Long.BYTES).putLong(notice.id().value()).array());
    }

    /** The end of the text goes first: of an emergency it begins with what to do. Then the end of the title. */
    private static byte[] fitting(ObjectNode message, int most) {
        ObjectNode copy = message.deepCopy();
        ObjectNode shown = (ObjectNode) copy.get("notification");
        if (bytes(copy).length > most) {
            shorten(copy, List.of(Text.of(shown, "body")), most);
        }
        if (bytes(copy).length > most) {
            ObjectNode data = (ObjectNode) shown.get("data");
            shorten(copy, List.of(Text.of(shown, "title"), Text.of(data, "over")), most);
        }
        return bytes(copy);
    }

    /** What stands whole in a member of the message. */
    private record Text(ObjectNode in, String member, String whole) {

        static Text of(ObjectNode in, String member) {
            return new Text(in, member, in.path(member).asString(""));
        }

        void cut(int graphemes) {
            if (in.has(member)) {
                in.put(member, Telling.cut(whole, graphemes));
            }
        }
    }

    /** Each to as many characters as fit, or to none. */
    private static void shorten(ObjectNode message, List<Text> texts, int most) {
        int fits = 0;
        int tooMany = texts.stream()
                .mapToInt(text -> Counting.graphemes(text.whole()))
                .max()
                .orElse(0);
        while (tooMany - fits > 1) {
            int half = (fits + tooMany) / 2;
            texts.forEach(text -> text.cut(half));
            if (bytes(message).length > most) {
                tooMany = half;
            } else {
                fits = half;
            }
        }
        int left = fits;
        texts.forEach(text -> text.cut(left));
    }

    private static String cut(String whole, int graphemes) {
        if (graphemes >= Counting.graphemes(whole)) {
            return whole;
        }
        return graphemes == 0 ? "" : Counting.firstGraphemes(whole, graphemes).stripTrailing() + "…";
    }

    private static byte[] bytes(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param leaveBy null where it has no end */
    PushMessage message(boolean less, Instant now, @Nullable Instant leaveBy, BooleanSupplier wanted) {
        Duration left = Duration.between(now, lasts);
        Duration ttl = left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST) > 0 ? LONGEST : left;
        return new PushMessage(
                less ? shorter : payload, Duration.ofSeconds(ttl.toSeconds()), urgency, topic, leaveBy, wanted);
    }
}
