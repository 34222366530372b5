package fr.tambour.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import fr.tambour.mail.Mail;
import fr.tambour.storage.SettingsRefused;
import fr.tambour.testing.Await;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@ExtendWith(OutputCaptureExtension.class)
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

    private SmtpMail mail() {
        return new SmtpMail(settings(), false);
    }

    private MailSettings settings() {
        return new MailSettings(
                "smtp://127.0.0.1:" + server.getSmtp().getPort(), "Mairie d’Évry <mairie@evry.example>");
    }

    @Test
    void aDemonstrationSendsNothingWhateverItsSettingsSay() {
        Mail mail = new SmtpMail(settings(), true);

        assertThat(mail.configured()).isFalse();
        assertThat(mail.send(MESSAGE)).isEqualTo(Mail.Outcome.NOT_CONFIGURED);
        assertThat(server.getReceivedMessages()).isEmpty();
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
        Mail none = new SmtpMail(new MailSettings("", ""), false);

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
    void aSettingThatCannotWorkIsToldAtTheStartWithoutItsPassword() {
        for (String url : List.of(
                "mail.example:25",
                "smtp://clairval:s3cret",
                "smtp://clairval:s3cret@mail example",
                "imap://clairval:s3cret@mail.example",
                "smtp://clairval:s3cret%@mail.example",
                "smtp://clairval:s3cret/@mail.example")) {
            assertThatExceptionOfType(SettingsRefused.class)
                    .isThrownBy(() -> new SmtpMail(new MailSettings(url, "a@b.example"), false))
                    .withMessageContaining("TAMBOUR_MAIL_URL must look like smtp://USER:PASSWORD@HOST:587")
                    .withNoCause()
                    .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cret"));
        }
        assertThatExceptionOfType(SettingsRefused.class)
                .isThrownBy(() -> new SmtpMail(new MailSettings("smtp://mail.example", null), false))
                .withMessageContaining("TAMBOUR_MAIL_FROM must be an address");
        assertThat(new MailSettings("smtp://clairval:s3cret@mail.example", "a@b.example").toString())
                .doesNotContain("s3cret");
    }

    @Test
    void aSlowServerPilesUpNoThreadsAndEveryLetterLeavesOnceItIsQuickAgain() throws Exception {
        CountDownLatch quick = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        GreenMailUser gaelle = server.setUser(MESSAGE.to(), "");
        server.getUserManager().setMessageDeliveryHandler((message, address) -> {
            busy.countDown();
            waited(quick);
            return gaelle;
        });
        try (SmtpMail mail = mail()) {
            for (int i = 0; i < 100; i++) {
                assertThat(mail.post(MESSAGE, "number " + i)).isTrue();
            }
            assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(senders()).isEqualTo(2);

            quick.countDown();
            assertThat(server.waitForIncomingEmail(60_000, 100)).isTrue();
        }
        Await.until(() -> senders() == 0);
    }

    @Test
    void aLetterTooManyIsDroppedAndNamedAndTheOthersLeave(CapturedOutput said) throws Exception {
        CountDownLatch quick = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        try (Outbox outbox = new Outbox(1, 2)) {
            outbox.take("that is on its way", () -> {
                busy.countDown();
                return waited(quick);
            });
            assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
            CountDownLatch left = new CountDownLatch(2);
            for (String what : List.of("that waits", "that waits, too")) {
                assertThat(outbox.take(what, () -> {
                            left.countDown();
                            return true;
                        }))
                        .isTrue();
            }
            assertThat(outbox.take("to person 42", () -> true)).isFalse();
            assertThat(said).contains("The letter to person 42 is dropped: 2 wait");

            quick.countDown();
            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(said).doesNotContain("that waits");
    }

    @Test
    void aLetterThatTheServerDoesNotTakeIsNamed(CapturedOutput said) {
        try (SmtpMail mail = mail()) {
            server.stop();
            mail.post(MESSAGE, "to person 42");
        }
        assertThat(said).contains("The letter to person 42 did not leave").doesNotContain("gaelle@");
    }

    private static boolean waited(CountDownLatch until) {
        try {
            return until.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static long senders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mail-") && thread.isAlive())
                .count();
    }
}
