package fr.tambour.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import fr.tambour.mail.Mail;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class SmtpMailTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private static final Mail.Message MESSAGE =
            new Mail.Message("gaelle@clairval.fr", "Invitation à l’équipe : Ville d’Évry", "Bonjour,\n\nà bientôt.\n");

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Mail mail() {
        return new SmtpMail(new MailSettings(
                "smtp://127.0.0.1:" + server.getSmtp().getPort(), "Mairie d’Évry <mairie@evry.example>"));
    }

    @Test
    void oneMessageArrivesAsItWasWritten() throws Exception {
        assertThat(mail().send(MESSAGE)).isEqualTo(Mail.Outcome.ACCEPTED);

        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(received.getSubject()).isEqualTo(MESSAGE.subject());
        assertThat(received.getFrom()[0].toString()).contains("mairie@evry.example");
        assertThat(received.getAllRecipients()[0]).hasToString("gaelle@clairval.fr");
        assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(received.getContent().toString().replace("\r\n", "\n").strip())
                .isEqualTo(MESSAGE.text().strip());
        assertThat(GreenMailUtil.getHeaders(received)).contains("charset=UTF-8");
    }

    @Test
    void aServerThatIsNotThereIsAnOutcomeAndNoException() {
        Mail mail = mail();
        server.stop();

        assertThat(mail.send(MESSAGE)).isEqualTo(Mail.Outcome.FAILED);
    }

    @Test
    void anAddressThatIsNoneLeavesNothing() {
        Mail.Message smuggled = new Mail.Message("a@b.example\r\nBcc: everybody@example.org", "s", "t");

        assertThat(mail().send(smuggled)).isEqualTo(Mail.Outcome.FAILED);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void nothingIsSentWhereNoServerIsSet() {
        Mail none = new SmtpMail(new MailSettings("", ""));

        assertThat(none.configured()).isFalse();
        assertThat(none.send(MESSAGE)).isEqualTo(Mail.Outcome.NOT_CONFIGURED);
    }

    @Test
    void noTransactionWaitsForAMailServer() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            assertThatIllegalStateException().isThrownBy(() -> mail().send(MESSAGE));
        } finally {
            TransactionSynchronizationManager.setActualTransactionActive(false);
        }
    }

    @Test
    void aSettingThatCannotWorkIsToldAtTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpMail(new MailSettings("mail.example:25", "a@b.example")))
                .withMessageContaining("tambour.mail.url must look like");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpMail(new MailSettings("smtp://mail.example", null)))
                .withMessageContaining("tambour.mail.from must be an address");
    }
}
