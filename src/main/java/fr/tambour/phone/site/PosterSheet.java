package fr.tambour.phone.site;

import java.util.List;

/**
 * The poster to print, one A4 sheet: as XHTML, since it is printed by a reader of XML. Pictures are PNG as {@code data:}
 * addresses; nothing else is asked for.
 *
 * @param lang of its words
 * @param title of the document
 * @param style its style sheet, in the town's colours
 * @param before the small words before the town's name: « Ville de », or empty
 * @param name the large ones
 * @param call what it calls out, a line each
 * @param code the QR code that leads to the invitation's address
 */
public record PosterSheet(
        String lang,
        String title,
        String style,
        String before,
        PosterName name,
        boolean demonstration,
        List<String> call,
        Invitation invitation,
        String code) {

    public PosterSheet {
        call = List.copyOf(call);
    }
}
