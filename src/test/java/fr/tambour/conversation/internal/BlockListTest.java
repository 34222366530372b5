package fr.tambour.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.people.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists of servers as people exchange them. */
class BlockListTest {

    private static BlockList.Read read(String text) throws BlockList.Unreadable {
        return BlockList.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aListOfMastodonsIsReadAndWhatIsMilderThanABlockIsLeftOut() throws Exception {
        BlockList.Read read = read("""
                #domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate
                spam.example,suspend,true,true,"Publicité, tous les jours",false
                Milder.example,silence,false,false,,false
                none.example,noop,false,false,,false
                h***e.example,suspend,false,false,,true
                com,suspend,false,false,,false
                école.example,suspend,false,false,,false
                SPAM.example,suspend,false,false,again,false
                """);

        assertThat(read.names())
                .isEqualTo(Map.of("spam.example", "Publicité, tous les jours", "xn--cole-9oa.example", ""));
        assertThat(read.milder()).isEqualTo(2);
        assertThat(read.unreadable()).isEqualTo(2);
    }

    @Test
    void columnsStandInAnyOrderAndWithoutTheirSigns() throws Exception {
        assertThat(read("\uFEFFseverity,public_comment,domain\r\nsuspend,Spam,a.example\r\n")
                        .names())
                .isEqualTo(Map.of("a.example", "Spam"));
    }

    @Test
    void aMereListOfNamesIsOneToo() throws Exception {
        assertThat(read("a.example\n\nhttps://b.example/about\n").names().keySet())
                .containsExactly("a.example", "b.example");
    }

    @Test
    void aListOfAccountsBlocksThemAndNotTheirServers() throws Exception {
        BlockList.Read read =
                read("Alice@A.example\n@bob@b.example:8443\nacct:carol@c.example\n\n# à relire\nd.example\nx@com\n");

        assertThat(read.scope()).isEqualTo(Scope.ADDRESS);
        assertThat(read.names().keySet()).containsExactly("alice@a.example", "bob@b.example", "carol@c.example");
        assertThat(read.unreadable()).isEqualTo(2);
        assertThat(read("Account address\nalice@a.example\n").names().keySet()).containsExactly("alice@a.example");
        BlockList.Read servers = read("a.example\nalice@b.example\n");
        assertThat(servers.scope()).isEqualTo(Scope.HOST);
        assertThat(servers.names().keySet()).containsExactly("a.example");
        assertThat(servers.unreadable()).isEqualTo(1);
    }

    @Test
    void whatIsNoListIsRefusedWithItsLine() {
        assertThat(refused("a.example\n\n\"b.example,suspend\nc.example")).isEqualTo("conversation.list-unreadable 3");
        assertThat(refused("a.example\nb.example\n".repeat(BlockList.MOST_LINES / 2) + "c.example"))
                .isEqualTo("conversation.list-too-long 20000");
        assertThat(refused("alice@a.example\nb.example,x\n")).isEqualTo("conversation.list-unreadable 2");
        assertThat(refused("h***e.example\nw**.example\n")).isEqualTo("conversation.list-empty 2");
    }

    private static String refused(String text) {
        return assertThatThrownBy(() -> read(text))
                .isInstanceOf(BlockList.Unreadable.class)
                .actual()
                .getMessage();
    }

    @Test
    void aCommentMayStandAboveTheTitlesAndWithoutTitlesNothingMilderBecomesABlock() throws Exception {
        BlockList.Read read =
                read("# Liste de 2026, à relire\n\n#domain,#severity\na.example,suspend\nb.example,silence\n");
        assertThat(read.names().keySet()).containsExactly("a.example");
        assertThat(read.milder()).isEqualTo(1);
        assertThat(read.unreadable()).isZero();

        assertThat(refused("a.example,suspend\nb.example,silence\n")).isEqualTo("conversation.list-unreadable 1");
        assertThat(refused("a.example\nb.example,silence\n")).isEqualTo("conversation.list-unreadable 2");
    }

    @Test
    void aSpreadsheetIsGivenNoFormulaOfAStrangers() {
        Block server = Block.ofServer(
                1, "spam.example", "\t=HYPERLINK(\"https://evil.example/\";\"voir\")", Instant.EPOCH, new PersonId(5));

        assertThat(new String(BlockList.written(List.of(server)), StandardCharsets.UTF_8))
                .contains(",true,\"HYPERLINK(");
        assertThat(List.of("@SUM(1)", "+1", "-1", " \n= 1", "Pas grave = si"))
                .extracting(BlockList::plain)
                .containsExactly("SUM(1)", "1", "1", "1", "Pas grave = si");
    }

    @Test
    void whatIsGivenOutIsWhatMastodonTakes() throws Exception {
        Block server =
                Block.ofServer(1, "spam.example", "Des « mots », et \"d’autres\"", Instant.EPOCH, new PersonId(5));

        String text = new String(BlockList.written(List.of(server)), StandardCharsets.UTF_8);

        assertThat(text)
                .isEqualTo("#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n"
                        + "spam.example,suspend,true,true,\"Des « mots », et \"\"d’autres\"\"\",false\r\n");
        assertThat(read(text).names()).isEqualTo(Map.of("spam.example", "Des « mots », et \"d’autres\""));
    }
}
