package fr.tambour.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.testing.Generated;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every module says, in both languages and in good French. */
class BundlesTest {

    private static final Path RESOURCES = Path.of("src/main/resources/fr/tambour");

    /** An ordinary or missing space before a high mark; addresses, times and entities have theirs without. */
    private static final Pattern UNSPACED =
            Pattern.compile("[\\p{L}\\p{N}»)}\\]](?: )?[;!?](?:\\s|$)|(?:[\\p{L}»)}\\]]| ):(?:\\s|$)");

    private static final Pattern QUOTES = Pattern.compile("«(?!\u00a0)|(?<!\u00a0)»");

    static List<String> modules() throws IOException {
        return Generated.paths(RESOURCES.toString(), "messages_fr.properties").stream()
                .map(path -> path.substring(0, path.lastIndexOf('/')))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void bothLanguagesSayTheSameThings(String module) throws IOException {
        assertThat(bundle(module, "en").stringPropertyNames())
                .as("keys of %s in English and in French", module)
                .containsExactlyInAnyOrderElementsOf(bundle(module, "fr").stringPropertyNames());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void bothLanguagesUseTheSameArguments(String module) throws IOException {
        Properties english = bundle(module, "en");
        bundle(module, "fr")
                .forEach((key, french) -> assertThat(arguments(english.getProperty((String) key), Locale.ENGLISH))
                        .as("arguments of %s", key)
                        .isEqualTo(arguments((String) french, Locale.FRENCH)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void frenchIsSpacedAsPrintersDo(String module) throws IOException {
        bundle(module, "fr").forEach((key, sentence) -> {
            assertThat(UNSPACED.matcher((String) sentence).find())
                    .as("a no-break space belongs before ; : ! ? in %s=%s", key, sentence)
                    .isFalse();
            assertThat(QUOTES.matcher((String) sentence).find())
                    .as("no-break spaces belong inside « » in %s=%s", key, sentence)
                    .isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("modules")
    void apostrophesAreCurlyAndNothingIsShouted(String module) throws IOException {
        for (String language : List.of("fr", "en")) {
            bundle(module, language)
                    .forEach((key, sentence) -> assertThat((String) sentence)
                            .as("%s in %s", key, language)
                            .doesNotContain("'")
                            .doesNotContain("!"));
        }
    }

    private static Properties bundle(String module, String language) throws IOException {
        try (Reader in =
                Files.newBufferedReader(RESOURCES.resolve(module).resolve("messages_" + language + ".properties"))) {
            Properties bundle = new Properties();
            bundle.load(in);
            return bundle;
        }
    }

    private static int arguments(String sentence, Locale locale) {
        return new MessageFormat(sentence, locale).getFormatsByArgumentIndex().length;
    }
}
