package fr.tambour.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.testing.Generated;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
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

    private static final Pattern KEY = Pattern.compile("^\\s*([^#!\\s=:]+)\\s*[=:]");

    private static final String FRENCH = "_fr.properties";

    static List<String> bundles() throws IOException {
        return Generated.paths(RESOURCES.toString(), FRENCH).stream()
                .map(path -> path.substring(0, path.length() - FRENCH.length()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bothLanguagesSayTheSameThings(String name) throws IOException {
        assertThat(bundle(name, "en").stringPropertyNames())
                .as("keys of %s in English and in French", name)
                .containsExactlyInAnyOrderElementsOf(bundle(name, "fr").stringPropertyNames());
    }

    /** {@link Properties} keeps the last silently, and what the first was for then says less than it means. */
    @ParameterizedTest
    @MethodSource("bundles")
    void noSentenceIsWrittenTwiceUnderOneKey(String name) throws IOException {
        for (String language : List.of("fr", "en")) {
            Set<String> seen = new HashSet<>();
            assertThat(Files.readAllLines(file(name, language)).stream()
                            .map(KEY::matcher)
                            .filter(Matcher::find)
                            .map(line -> line.group(1))
                            .filter(key -> !seen.add(key)))
                    .as("keys written twice in %s_%s", name, language)
                    .isEmpty();
        }
    }

    /** Those with arguments; the commands' help, which picocli reads, has none. */
    static List<String> formats() throws IOException {
        return bundles().stream().filter(name -> name.endsWith("/messages")).toList();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void bothLanguagesUseTheSameArguments(String name) throws IOException {
        Properties english = bundle(name, "en");
        bundle(name, "fr")
                .forEach((key, french) -> assertThat(arguments(english.getProperty((String) key), Locale.ENGLISH))
                        .as("arguments of %s", key)
                        .isEqualTo(arguments((String) french, Locale.FRENCH)));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void frenchIsSpacedAsPrintersDo(String name) throws IOException {
        bundle(name, "fr").forEach((key, sentence) -> {
            assertThat(UNSPACED.matcher((String) sentence).find())
                    .as("a no-break space belongs before ; : ! ? in %s=%s", key, sentence)
                    .isFalse();
            assertThat(QUOTES.matcher((String) sentence).find())
                    .as("no-break spaces belong inside « » in %s=%s", key, sentence)
                    .isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void apostrophesAreCurlyAndNothingIsShouted(String name) throws IOException {
        for (String language : List.of("fr", "en")) {
            bundle(name, language)
                    .forEach((key, sentence) -> assertThat((String) sentence)
                            .as("%s in %s", key, language)
                            .doesNotContain("'")
                            .doesNotContain("!"));
        }
    }

    private static Properties bundle(String name, String language) throws IOException {
        try (Reader in = Files.newBufferedReader(file(name, language))) {
            Properties bundle = new Properties();
            bundle.load(in);
            return bundle;
        }
    }

    private static Path file(String name, String language) {
        return RESOURCES.resolve(name + "_" + language + ".properties");
    }

    private static int arguments(String sentence, Locale locale) {
        return new MessageFormat(sentence, locale).getFormatsByArgumentIndex().length;
    }
}
