package fr.tambour.phone.site;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDMarkedContent;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/**
 * What a screen reader says of a PDF's first page: along its structure, alternative texts in brackets.
 *
 * @param kinds the elements that it met
 */
record ReadOut(String text, Set<String> kinds) {

    static ReadOut of(PDDocument document) throws IOException {
        PDFMarkedContentExtractor extractor = new Extractor();
        extractor.processPage(document.getPage(0));
        Map<Integer, String> texts = new HashMap<>();
        extractor.getMarkedContents().forEach(content -> gather(content, texts));
        List<String> said = new ArrayList<>();
        Set<String> kinds = new TreeSet<>();
        walk(document.getDocumentCatalog().getStructureTreeRoot(), texts, said, kinds);
        return new ReadOut(
                String.join(" ", said)
                        .replace('\u00a0', ' ')
                        .replace('\u202f', ' ')
                        .replaceAll("\\s+", " ")
                        .strip(),
                kinds);
    }

    /** Knows what marks content by name too. */
    private static final class Extractor extends PDFMarkedContentExtractor {

        @Override
        public void beginMarkedContentSequence(COSName tag, @Nullable COSDictionary properties) {
            PDPropertyList named = properties == null ? getResources().getProperties(tag) : null;
            super.beginMarkedContentSequence(tag, named == null ? properties : named.getCOSObject());
        }
    }

    private static void gather(PDMarkedContent content, Map<Integer, String> texts) {
        StringBuilder text = new StringBuilder();
        for (Object part : content.getContents()) {
            if (part instanceof TextPosition letter) {
                text.append(letter.getUnicode());
            } else if (part instanceof PDMarkedContent inner) {
                gather(inner, texts);
            }
        }
        if (content.getMCID() >= 0) {
            texts.merge(content.getMCID(), text.toString(), String::concat);
        }
    }

    private static void walk(PDStructureNode node, Map<Integer, String> texts, List<String> said, Set<String> kinds) {
        if (node instanceof PDStructureElement element) {
            kinds.add(element.getStructureType());
            if (element.getStructureType().equals("Figure")) {
                said.add("[" + element.getAlternateDescription() + "]");
                return;
            }
        }
        for (Object kid : node.getKids()) {
            switch (kid) {
                case PDStructureNode inner -> walk(inner, texts, said, kinds);
                case PDMarkedContentReference reference -> said.add(texts.getOrDefault(reference.getMCID(), ""));
                case Integer id -> said.add(texts.getOrDefault(id, ""));
                default -> {}
            }
        }
    }
}
