package fr.tambour.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of what strangers send nothing runs, nothing loads, and its words remain. */
class ForeignHtmlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<svg><script>alert(1)</script></svg>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href=\"data:text/html,x\">x</a>",
                "<a href=\"/studio/echanges\">x</a>",
                "<a href=\"//spy.example/\">x</a>",
                "<a rel=\"href\">x</a>",
                "<p style=\"background:url(https://spy.example/)\">x</p>",
                "<style>@import 'https://spy.example/';</style>",
                "<iframe src=\"https://spy.example/\"></iframe>",
                "<video src=\"https://spy.example/\"></video>",
                "<form action=\"https://spy.example/\"><input name=a></form>",
                "<p class=\"alarm\" id=\"contenu\" onclick=\"x()\">x</p>",
                "<<script>script>alert(1)<</script>/script>",
                "<h1>x</h1>"
            })
    void whatRunsOrLoadsIsGone(String html) {
        assertThat(ForeignHtml.of(html).html())
                .doesNotContainIgnoringCase(
                        "<script", "<img", "<svg", "<iframe", "<video", "<form", "<input", "<style", "<h1", "<a ")
                .doesNotContain("onclick=", "onerror=", "style=", "class=", "id=", "spy.example");
    }

    @Test
    void aLinkTellsTheOtherSideAndSearchEnginesNothing() {
        assertThat(ForeignHtml.of("<a href=\"https://a.example/?b=1\" target=\"_blank\" rel=\"me\">ici</a>")
                        .html())
                .contains("href=\"https://a.example/?b&#61;1\"", "rel=\"nofollow ugc noopener\"", ">ici</a>")
                .doesNotContain("target", "me\"");
    }

    @Test
    void itsWordsAreReadAlone() {
        SafeHtml html = ForeignHtml.of(
                "<p><span class=\"h-card\">@<span>ville</span></span> Où&nbsp;?</p><p>C&#39;est <em>ici</em><br>ou là &lt;b&gt;</p>");
        assertThat(ForeignHtml.plain(html)).isEqualTo("@ville Où\u00a0?\nC'est ici\nou là <b>");
        assertThat(ForeignHtml.of(html.html())).as("once is enough").isEqualTo(html);
    }

    /** UAX #9: RLO U+202E, PDF U+202C, RLE U+202B, FSI U+2068, PDI U+2069. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What turns letters round.
                "<p>a\u202Eb</p><p>c</p> | <p>ab</p><p>c</p>",
                "<p>a\u202Eb\u202Cc</p> | <p>abc</p>",
                "<p>a&#x202e;b</p> | <p>ab</p>",
                // Without its counterpart, or with one in another paragraph.
                "<p>a\u202Bb</p><p>c\u202Cd</p> | <p>ab</p><p>cd</p>",
                "<p>a\u2068b<br />c\u2069d</p> | <p>ab<br />cd</p>",
                "<p>a\u2069b\u202Cc</p> | <p>abc</p>",
                "<p>a\u2068b\u202Cc\u2069d</p> | <p>a\u2068bc\u2069d</p>",
                "<p>a\u2068b\u202Bc\u2069d</p> | <p>a\u2068bc\u2069d</p>",
                // What people write who write both ways.
                "<p>a\u2068b\u202Bc\u202Cd\u2069e</p> | <p>a\u2068b\u202Bc\u202Cd\u2069e</p>",
                "<p>a\u202B<em>b</em>\u202Cc</p> | <p>a\u202B<em>b</em>\u202Cc</p>"
            })
    void whatWouldReadInAnotherOrderThanItStandsDoesNot(String html, String kept) {
        assertThat(ForeignHtml.of(html).html()).isEqualTo(kept);
    }

    @Test
    void aNameThatIsReadFromRightToLeftIsIsolatedWithinASentenceAndAnyOtherStaysAsItIs() {
        assertThat(Isolation.of("Zoé 😀")).isEqualTo("Zoé 😀");
        assertThat(Isolation.of("\u05E8\u05D5\u05E0\u05D9\u05EA"))
                .isEqualTo("\u2068\u05E8\u05D5\u05E0\u05D9\u05EA\u2069");
        assertThat(Isolation.of("@\u0633")).isEqualTo("\u2068@\u0633\u2069");
    }

    @Test
    void linksAreCountedButForMentionsAndHashtags() {
        assertThat(ForeignHtml.links(ForeignHtml.of("<a href=\"https://a.example/@b\">@<span>b</span></a> "
                        + "<a href=\"https://a.example/tags/c\">#<span>c</span></a> <a href=\"https://a.example/\">a</a> "
                        + "<a href=\"https://a.example/\"><em>a</em></a>")))
                .isEqualTo(2);
    }
}
