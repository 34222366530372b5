package fr.tambour.text.internal;

import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** The words of a Markdown text: paragraphs parted by a blank line, list items on lines of their own. */
public final class PlainText extends AbstractVisitor {

    private static final Pattern SCHEME_OF_PERSONS = Pattern.compile("^(?:mailto|tel):", Pattern.CASE_INSENSITIVE);

    /** What people leave out of an address, or typography adds. */
    private static final Pattern DECORATION = Pattern.compile("^https?://|/$|[\\s\\u00A0\\u202F]");

    private final StringBuilder words = new StringBuilder();

    private final boolean addresses;

    private PlainText(boolean addresses) {
        this.addresses = addresses;
    }

    /** @param addresses whether links say where they lead */
    public static String of(Node document, boolean addresses) {
        PlainText text = new PlainText(addresses);
        document.accept(text);
        return text.words.toString().strip();
    }

    @Override
    public void visit(Paragraph paragraph) {
        block(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        block(heading);
    }

    @Override
    public void visit(FencedCodeBlock code) {
        part(2);
        words.append(code.getLiteral().stripTrailing());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        part(2);
        words.append(code.getLiteral().stripTrailing());
    }

    @Override
    public void visit(ThematicBreak thematicBreak) {
        part(2);
    }

    @Override
    public void visit(ListItem item) {
        boolean tight = item.getParent() instanceof org.commonmark.node.ListBlock list && list.isTight();
        part(item.getPrevious() != null && tight ? 1 : 2);
        words.append(marker(item));
        visitChildren(item);
    }

    @Override
    public void visit(Text text) {
        words.append(text.getLiteral());
    }

    /** Behind its words, unless they are where it leads. */
    @Override
    public void visit(Link link) {
        int from = words.length();
        visitChildren(link);
        if (!addresses) {
            return;
        }
        // As it may stand in parentheses, without an end of its own in the middle.
        String address = SCHEME_OF_PERSONS
                .matcher(link.getDestination())
                .replaceFirst("")
                .replace(" ", "%20")
                .replace("(", "%28")
                .replace(")", "%29");
        if (bare(words.substring(from)).equals(bare(address))) {
            words.setLength(from);
            words.append(address);
        } else {
            words.append(" (").append(address).append(')');
        }
    }

    private static String bare(String address) {
        return DECORATION.matcher(address.strip()).replaceAll("");
    }

    @Override
    public void visit(Code code) {
        words.append(code.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        words.append(' ');
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        words.append('\n');
    }

    private void block(Block block) {
        boolean opensItem = block.getParent() instanceof ListItem && block.getPrevious() == null;
        if (!opensItem) {
            part(2);
        }
        visitChildren(block);
    }

    private static String marker(ListItem item) {
        return switch (item.getParent()) {
            case OrderedList list -> {
                int number = list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber();
                for (Node before = item.getPrevious(); before != null; before = before.getPrevious()) {
                    number++;
                }
                yield number + ". ";
            }
            case BulletList list -> "- ";
            default -> "";
        };
    }

    /** Ends the line, or the paragraph, that was begun. */
    private void part(int newlines) {
        int end = words.length();
        if (end == 0) {
            return;
        }
        while (end > 0 && words.charAt(end - 1) == '\n') {
            end--;
        }
        words.setLength(end);
        words.repeat('\n', newlines);
    }
}
