package fr.tambour.text.internal;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** The words of a Markdown text: paragraphs parted by a blank line, list items on lines of their own. */
public final class PlainText extends AbstractVisitor {

    private final StringBuilder words = new StringBuilder();

    private PlainText() {}

    public static String of(Node document) {
        PlainText text = new PlainText();
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
