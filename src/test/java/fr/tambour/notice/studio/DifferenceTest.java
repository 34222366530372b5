package fr.tambour.notice.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.studio.Difference.Piece;
import fr.tambour.notice.studio.Difference.Sort;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    @Test
    void only_the_changed_word_is_marked() {
        assertThat(Difference.pieces("La halle rouvre samedi à 9 h", "La halle rouvre dimanche à 9 h"))
                .containsExactly(
                        new Piece(Sort.SAME, "La halle rouvre "),
                        new Piece(Sort.GONE, "samedi "),
                        new Piece(Sort.NEW, "dimanche "),
                        new Piece(Sort.SAME, "à 9 h"));
    }

    @Test
    void both_texts_can_be_read_out_of_the_pieces() {
        String before = "Un.\n\nDeux trois  quatre.\n- cinq";
        String after = "Un et demi.\n\nDeux  quatre.\n- cinq\n- six";
        List<Piece> pieces = Difference.pieces(before, after);

        assertThat(without(pieces, Sort.NEW)).isEqualTo(before);
        assertThat(without(pieces, Sort.GONE)).isEqualTo(after);
    }

    @Test
    void what_came_and_what_went_are_differences_too() {
        Fact title = new Fact("title.fr", List.of("title.fr"), "Titre", "La halle");
        Fact place = new Fact("event.place", List.of("event.place"), "Lieu", "Kiosque");

        assertThat(Difference.between(List.of(title), List.of(title, place)))
                .singleElement()
                .matches(difference ->
                        difference.before().isEmpty() && difference.fact().equals(place));
        assertThat(Difference.between(List.of(title, place), List.of(title)))
                .singleElement()
                .matches(difference -> difference.before().equals("Kiosque")
                        && difference.fact().text().isEmpty());
    }

    private static String without(List<Piece> pieces, Sort sort) {
        return pieces.stream()
                .filter(piece -> piece.sort() != sort)
                .map(Piece::text)
                .collect(Collectors.joining());
    }
}
