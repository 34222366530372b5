package fr.tambour.ui;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.output.StringOutput;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;

class WordsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private final Words french = new Words(messages(), Locale.FRENCH);
    private final Words english = french.in(Locale.ENGLISH);

    private static StaticMessageSource messages() {
        StaticMessageSource messages = new StaticMessageSource();
        messages.setAlwaysUseMessageFormat(true);
        String notices = "{0,choice,0#aucun avis|1#un avis|1<{0,number} avis}";
        messages.addMessage("notices", Locale.FRENCH, notices);
        messages.addMessage("by", Locale.FRENCH, "par <b>{0}</b>");
        return messages;
    }

    @Test
    void datesAreWrittenAsTheLanguageWritesThem() {
        assertThat(french.day(TODAY)).isEqualTo("mardi 24\u00a0novembre");
        assertThat(french.date(LocalDate.of(2026, 12, 1))).isEqualTo("1ᵉʳ\u00a0décembre");
        assertThat(english.day(TODAY)).isEqualTo("Tuesday 24\u00a0November");
    }

    @Test
    void theYearIsSaidWhereItIsNotThisOne() {
        assertThat(french.date(LocalDate.of(2026, 12, 5), TODAY)).isEqualTo("5\u00a0décembre");
        assertThat(french.date(LocalDate.of(2027, 1, 5), TODAY)).isEqualTo("5\u00a0janvier 2027");
    }

    @Test
    void timesAreWrittenAsTheLanguageWritesThem() {
        assertThat(french.time(LocalTime.of(9, 0))).isEqualTo("9\u00a0h");
        assertThat(french.time(LocalTime.of(9, 5))).isEqualTo("9\u00a0h\u00a005");
        assertThat(english.time(LocalTime.of(0, 30))).isEqualTo("12:30\u00a0am");
        assertThat(english.time(LocalTime.of(12, 0))).isEqualTo("12\u00a0pm");
    }

    @Test
    void twoDaysInARowAreNamedAndALongerSpanHasItsEnds() {
        LocalDate saturday = LocalDate.of(2026, 12, 5);
        assertThat(french.days(saturday, saturday.plusDays(1), TODAY))
                .isEqualTo("samedi 5 et dimanche 6\u00a0décembre");
        assertThat(french.days(saturday, saturday.plusDays(7), TODAY)).isEqualTo("du 5 au 12\u00a0décembre");
        assertThat(french.days(LocalDate.of(2026, 11, 30), LocalDate.of(2026, 12, 2), TODAY))
                .isEqualTo("du 30\u00a0novembre au 2\u00a0décembre");
        assertThat(french.days(LocalDate.of(2026, 12, 31), LocalDate.of(2027, 1, 2), TODAY))
                .isEqualTo("du 31\u00a0décembre 2026 au 2\u00a0janvier 2027");
        assertThat(english.days(saturday, saturday.plusDays(1), TODAY))
                .isEqualTo("Saturday 5 and Sunday 6\u00a0December");
        assertThat(english.days(saturday, saturday.plusDays(7), TODAY)).isEqualTo("5 to 12\u00a0December");
        assertThat(english.days(LocalDate.of(2027, 1, 2), LocalDate.of(2027, 1, 2), TODAY))
                .isEqualTo("Saturday 2\u00a0January 2027");
    }

    @Test
    void pluralsFollowTheNumber() {
        assertThat(french.get("notices", 0)).isEqualTo("aucun avis");
        assertThat(french.get("notices", 1)).isEqualTo("un avis");
        assertThat(french.get("notices", 4337)).isEqualTo("4\u202f337 avis");
    }

    @Test
    void whatAPersonTypedIsEscapedInsideOurMarkup() {
        StringOutput output = new StringOutput();
        french.rich("by", "<script>alert(1)</script>").writeTo(output);
        assertThat(output.toString()).isEqualTo("par <b>&lt;script&gt;alert(1)&lt;/script&gt;</b>");
    }

    @Test
    void easyReadingIsWrittenLikeFrench() {
        assertThat(french.in(Locale.forLanguageTag("fr-simple")).time(LocalTime.of(20, 30)))
                .isEqualTo("20\u00a0h\u00a030");
    }
}
