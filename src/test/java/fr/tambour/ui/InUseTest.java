package fr.tambour.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.testing.Generated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing is shipped that no page uses. */
class InUseTest {

    private static final Path CODE = Path.of("src/main/java/fr/tambour");
    private static final Path BROWSER = Path.of("src/main/browser");
    private static final Path STYLES = Path.of("src/main/resources/static/css");
    private static final Path ICON = CODE.resolve("ui/Icon.java");

    private static final Pattern CONSTANT = Pattern.compile("Icon ([A-Z_]+) = new Icon\\(\"([a-z-]+)\"\\)");
    private static final Pattern SYMBOL = Pattern.compile("<symbol id=\"([a-z-]+)\"");
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("\\.([a-zA-Z][\\w-]*)");
    /** Given by a library. */
    private static final Set<String> NOT_OURS = Set.of("ProseMirror");

    private static String pages = "";
    private static Set<String> words = Set.of();

    @BeforeAll
    static void whatMakesPages() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path root : new Path[] {CODE, BROWSER}) {
            for (String ending : new String[] {".java", ".jte", ".js"}) {
                for (String file : Generated.paths(root.toString(), ending)) {
                    if (!root.resolve(file).equals(ICON)) {
                        all.append(Files.readString(root.resolve(file))).append('\n');
                    }
                }
            }
        }
        pages = all.toString();
        words = Pattern.compile("[^\\w-]+").splitAsStream(pages).collect(Collectors.toSet());
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    @Test
    void everyIconIsOnSomePage() throws IOException {
        assertThat(found(CONSTANT, Files.readString(ICON))
                        .map(constant -> constant.group(1))
                        .filter(name -> !Pattern.compile("Icon\\." + name + "\\b")
                                .matcher(pages)
                                .find()))
                .isEmpty();
    }

    @Test
    void everyShapeOfTheSpriteIsAnIcon() throws IOException {
        Set<String> icons = found(CONSTANT, Files.readString(ICON))
                .map(constant -> constant.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found(SYMBOL, Files.readString(Path.of("src/main/resources/fr/tambour/ui/icons.svg")))
                        .map(symbol -> symbol.group(1)))
                .containsExactlyInAnyOrderElementsOf(icons);
    }

    @Test
    void everyClassWithAStyleIsOnSomePage() throws IOException {
        Set<String> styled = new TreeSet<>();
        for (String file : Generated.paths(STYLES.toString(), ".css")) {
            String css = COMMENT.matcher(Files.readString(STYLES.resolve(file))).replaceAll("");
            found(RULE, css)
                    .flatMap(rule -> found(CLASS, rule.group(1)))
                    .map(name -> name.group(1))
                    .forEach(styled::add);
        }
        assertThat(styled)
                .isNotEmpty()
                .filteredOn(name -> !NOT_OURS.contains(name))
                .filteredOn(name -> !named(name))
                .isEmpty();
    }

    /** As a word of its own, or its modifier where a page puts the two together: {@code band--${tone}}. */
    private static boolean named(String name) {
        if (word(name)) {
            return true;
        }
        int modifier = name.indexOf("--") + 2;
        return modifier > 1
                && (pages.contains(name.substring(0, modifier) + "$")
                        || pages.contains(name.substring(0, modifier) + "\""))
                && (word(name.substring(modifier))
                        || word(name.substring(modifier).toUpperCase(Locale.ROOT)));
    }

    private static boolean word(String name) {
        return words.contains(name);
    }
}
