package fr.tambour.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to harm readers, or the server that renders it. */
class HostileTextTest {

    private static String html(String markdown) {
        return Markdown.toHtml(markdown, Locale.FRENCH).html();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<svg onload=alert(1)>",
                "<iframe src=//evil.example></iframe>",
                "<style>*{display:none}</style>",
                "<form action=//evil.example><input></form>",
                "<!--><script>alert(1)</script>",
                "<a href='javascript:alert(1)'>x</a>"
            })
    void markupIsShownAsItWasWritten(String markup) {
        assertThat(html(markup)).doesNotContainPattern("<(?!/?p>)").contains("&lt;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](javascript:alert(1))",
                "[a](JaVaScRiPt:alert(1))",
                "[a](&#106;avascript:alert(1))",
                "[a](java&Tab;script:alert(1))",
                "[a](data:text/html,<script>alert(1)</script>)",
                "[a](vbscript:x)",
                "[a](file:///etc/passwd)",
                "[a](//evil.example)",
                "[a](\\\\evil.example)",
                "<javascript:alert(1)>",
                "![a](https://evil.example/pixel.png)",
                "[a]: javascript:alert(1)\n\n[a]"
            })
    void nobodyIsLedWhereNobodyShouldBe(String markdown) {
        assertThat(html(markdown)).doesNotContain("<a", "<img", "href");
    }

    /** Ten seconds and more it took, once for every reader. */
    @ParameterizedTest
    @ValueSource(strings = {"<", "<a ", "</", "<!", "<https:", "[", "![[", "*a_", "`", "> ", "- ", "&"})
    @Timeout(20)
    void theSameSignAHundredThousandTimesIsSoonRead(String sign) {
        assertThat(html(sign.repeat(Markdown.MAX_BYTES / sign.length()))).isNotNull();
    }

    @Test
    void angleBracketsInNumbersArePlainText() {
        assertThat(html("1 < 2")).isEqualTo("<p>1 &lt; 2</p>\n");
    }
}
