package fr.tambour.text.internal;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * A parsed Markdown text, reduced to what a notice may show.
 *
 * <p>Parser and walk are iterative and the result is at most {@value #MAX_DEPTH} levels deep, so that the renderers, which
 * recurse, cannot run out of stack on hostile input: what is nested deeper loses the nesting and keeps the words.
 */
public final class MarkdownTree {

    private static final int MAX_BLOCKS = 20;
    private static final int MAX_DEPTH = 2 * MAX_BLOCKS + 20;
    private static final int MAX_HEADING = 6;

    /** All of CommonMark's but HTML blocks. */
    private static final Set<Class<? extends Block>> BLOCKS = Set.of(
            Heading.class,
            ThematicBreak.class,
            FencedCodeBlock.class,
            IndentedCodeBlock.class,
            BlockQuote.class,
            ListBlock.class);

    private static final int MAX_ANGLES = 1_000;

    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(BLOCKS)
            .maxOpenBlockParsers(MAX_BLOCKS)
            .build();

    private final UnaryOperator<String> typography;
    private final @Nullable URI base;

    private MarkdownTree(UnaryOperator<String> typography, @Nullable URI base) {
        this.typography = typography;
        this.base = base;
    }

    /**
     * @param typography applied to words, not to code or addresses
     * @param base what relative links are resolved against; null leaves them relative
     */
    public static Node parse(String markdown, UnaryOperator<String> typography, @Nullable URI base) {
        Node document = PARSER.parse(bounded(markdown));
        new MarkdownTree(typography, base).reduce(document);
        return document;
    }

    /** From every `<` the parser looks for the end of a tag as far as the text goes; nobody writes a thousand. */
    private static String bounded(String markdown) {
        boolean absurd =
                markdown.chars().filter(c -> c == '<').limit(MAX_ANGLES + 1L).count() > MAX_ANGLES;
        return absurd ? markdown.replace("<", "&lt;") : markdown;
    }

    private record Step(Node node, int depth) {}

    private void reduce(Node document) {
        Deque<Step> open = new ArrayDeque<>();
        pushChildren(document, 1, open);
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (keeps(step.node(), step.depth())) {
                pushChildren(step.node(), step.depth() + 1, open);
            } else {
                unwrap(step, open);
            }
        }
    }

    /** Adapts the node; false if only its children may stay. */
    private boolean keeps(Node node, int depth) {
        return switch (node) {
            case Text text -> {
                text.setLiteral(typography.apply(text.getLiteral()));
                yield true;
            }
            case Heading heading -> {
                heading.setLevel(Math.min(heading.getLevel() + 1, MAX_HEADING));
                yield true;
            }
            case HtmlInline html -> {
                html.insertAfter(new Text(html.getLiteral()));
                html.unlink();
                yield true;
            }
            // Its alternative text stays; pictures are fields of the notice.
            case Image image -> false;
            case Link link -> {
                Optional<String> destination = Destinations.allowed(link.getDestination(), base);
                destination.ifPresent(link::setDestination);
                yield destination.isPresent() && link.getFirstChild() != null && depth < MAX_DEPTH;
            }
            case Block block -> true;
            default -> depth < MAX_DEPTH || node.getFirstChild() == null;
        };
    }

    private static void pushChildren(Node parent, int depth, Deque<Step> open) {
        for (Node child = parent.getLastChild(); child != null; child = child.getPrevious()) {
            open.push(new Step(child, depth));
        }
    }

    private static void unwrap(Step step, Deque<Step> open) {
        Node wrapper = step.node();
        pushChildren(wrapper, step.depth(), open);
        Node child = wrapper.getFirstChild();
        while (child != null) {
            Node next = child.getNext();
            wrapper.insertBefore(child);
            child = next;
        }
        wrapper.unlink();
    }
}
