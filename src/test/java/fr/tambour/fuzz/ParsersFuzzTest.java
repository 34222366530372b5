package fr.tambour.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import fr.tambour.conversation.internal.BlockListFuzz;
import fr.tambour.fediverse.internal.ActivityFuzz;
import fr.tambour.fediverse.internal.AddressFuzz;
import fr.tambour.live.internal.AcceptFuzz;
import fr.tambour.media.internal.PictureFuzz;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.api.JsonFuzz;
import fr.tambour.notice.studio.FormFuzz;
import fr.tambour.text.Clean;
import fr.tambour.text.Markdown;
import fr.tambour.text.Slug;
import fr.tambour.text.Typography;
import fr.tambour.town.HostName;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What strangers and staff send, read by everything that reads it. Without `JAZZER_FUZZ=1` the kept inputs beside this class
 * are tried once; with it, new ones for a minute (`./check fuzz`). One method, since Jazzer fuzzes one per run: the first
 * byte says what is fuzzed.
 */
class ParsersFuzzTest {

    private static final Pattern TAG = Pattern.compile("<(/?)([^\\s/>]*)([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s([a-z]+)=\"([^\"<>]*)\"");
    private static final Set<String> TAGS = Set.of(
            "p",
            "br",
            "hr",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "blockquote",
            "pre",
            "code",
            "em",
            "strong",
            "a");
    private static final Pattern HREF = Pattern.compile("(?is)(?:https?:|mailto:|tel:|[^:]*(?:[/?#].*)?$).*");

    /** Controls but tab and line end, and what turns the direction of reading. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]");

    private static final int LONGEST = 200;

    @FuzzTest(maxDuration = "60s")
    void whateverIsSentIsReadOrRefused(FuzzedDataProvider data) {
        switch (data.consumeInt(0, 12)) {
            case 0 -> markdown(data.consumeRemainingAsString());
            case 1 -> cleaning(data.consumeRemainingAsString());
            case 2 -> typography(data.consumeRemainingAsString());
            case 3 -> FormFuzz.read(data.consumeRemainingAsString());
            case 4 -> JsonFuzz.read(data.consumeRemainingAsBytes());
            case 5 -> PictureFuzz.read(data.consumeRemainingAsBytes());
            case 7 -> ActivityFuzz.document(data.consumeRemainingAsBytes());
            case 8 -> ActivityFuzz.signature(data.consumeRemainingAsString());
            case 9 -> AddressFuzz.webFinger(data.consumeRemainingAsBytes());
            case 10 -> AddressFuzz.word(data.consumeRemainingAsString());
            case 11 -> AcceptFuzz.read(data.consumeRemainingAsString());
            case 12 -> BlockListFuzz.read(data.consumeRemainingAsBytes());
            default -> names(data.consumeRemainingAsString());
        }
    }

    private static void markdown(String text) {
        for (URI base : new URI[] {null, URI.create("https://clairval.example/")}) {
            // The sanitiser parts two opening braces with an empty comment, so that no template engine reads them.
            String html = Markdown.toHtml(text, Locale.FRENCH, base).html().replace("{<!-- -->", "{");
            assertThat(TAG.matcher(html).results()).allSatisfy(ParsersFuzzTest::assertHarmless);
            assertThat(TAG.matcher(html).replaceAll("")).doesNotContain("<");
        }
        Markdown.toPlain(text, Locale.FRENCH);
    }

    private static void assertHarmless(MatchResult tag) {
        assertThat(tag.group(2)).isIn(TAGS);
        String attributes = tag.group(3);
        assertThat(ATTRIBUTE.matcher(attributes).replaceAll("")).containsPattern("^\\s*/?$");
        assertThat(ATTRIBUTE.matcher(attributes).results()).allSatisfy(attribute -> {
            assertThat(attribute.group(1)).isIn("href", "rel", "start");
            if (attribute.group(1).equals("href")) {
                assertThat(attribute.group(2).replace("&#61;", "=").replace("&amp;", "&"))
                        .matches(HREF);
            }
        });
    }

    private static void cleaning(String text) {
        try {
            assertThat(Clean.line(text, LONGEST)).doesNotContainPattern(UNSEEN).doesNotContain("\n", "\t");
            assertThat(Clean.block(text, LONGEST)).doesNotContainPattern(UNSEEN);
        } catch (Refusal refused) {
            assertThat(refused.code()).isEqualTo("text.too-long");
        }
    }

    private static void typography(String text) {
        // Signs and spaces change; no letter and no digit does.
        assertThat(letters(Typography.french(text))).isEqualTo(letters(text));
    }

    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static void names(String text) {
        assertThat(Slug.of(text)).matches("[a-z0-9-]{0,80}");
        NoticeId.ofRef(text)
                .ifPresent(id -> assertThat(NoticeId.ofRef(id.ref())).contains(id));
        HostName.ofHeader(text);
    }
}
