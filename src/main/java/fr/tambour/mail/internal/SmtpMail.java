package fr.tambour.mail.internal;

import fr.tambour.mail.Mail;
import fr.tambour.storage.ServerUrl;
import fr.tambour.storage.SettingsRefused;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Mail over SMTP (RFC 5321), by STARTTLS or TLS from the first byte wherever there is a password. */
@Component
@EnableConfigurationProperties(MailSettings.class)
class SmtpMail implements Mail, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpMail.class);
    private static final String CONNECT_MS = "5000";
    private static final String ANSWER_MS = "15000";

    private static final String SETTING = "TAMBOUR_MAIL_URL";
    private static final String LIKE = "smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465";
    private static final int SENDERS = 2;
    private static final int WAITING = 200;

    private final @Nullable JavaMailSenderImpl sender;
    private final @Nullable InternetAddress from;
    private final Outbox outbox;

    /**
     * @param demonstration whose people everybody may sign in as: nothing is sent, whatever the settings say
     * @throws SettingsRefused if mail cannot be sent by these
     */
    @Autowired
    SmtpMail(MailSettings settings, @Value("${tambour.demo:false}") boolean demonstration) {
        this(demonstration ? MailSettings.NONE : settings, new Outbox(SENDERS, WAITING));
    }

    SmtpMail(MailSettings settings, Outbox outbox) {
        this.outbox = outbox;
        if (!settings.configured()) {
            this.sender = null;
            this.from = null;
            return;
        }
        this.sender = sender(ServerUrl.of(SETTING, LIKE, String.valueOf(settings.url())));
        this.from = from(settings.from());
    }

    @Override
    public boolean configured() {
        return sender != null;
    }

    @Override
    public Outcome send(Message message) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Mail is sent after the transaction, not within it");
        }
        if (sender == null || from == null) {
            return Outcome.NOT_CONFIGURED;
        }
        try {
            MimeMessage mime = sender.createMimeMessage();
            MimeMessageHelper helper = new MimeMessageHelper(mime, StandardCharsets.UTF_8.name());
            helper.setFrom(from);
            helper.setTo(new InternetAddress(message.to(), true));
            helper.setSubject(message.subject());
            helper.setText(message.text());
            // RFC 3834: nobody's "out of office" is to answer.
            mime.setHeader("Auto-Submitted", "auto-generated");
            sender.send(mime);
            return Outcome.ACCEPTED;
        } catch (MailException | MessagingException e) {
            log.warn("A message was not taken by the mail server and is not under way: {}", e.getMessage());
            return Outcome.FAILED;
        }
    }

    @Override
    public boolean post(Message message, String what) {
        return outbox.take(what, () -> send(message) == Outcome.ACCEPTED);
    }

    @Override
    public void close() {
        outbox.close();
    }

    private static JavaMailSenderImpl sender(ServerUrl url) {
        boolean tls = url.scheme().equals("smtps");
        if (!tls && !url.scheme().equals("smtp")) {
            throw ServerUrl.refused(SETTING, LIKE);
        }
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(url.host());
        sender.setPort(url.portOr(tls ? 465 : 587));
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        Properties properties = sender.getJavaMailProperties();
        properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MS);
        properties.setProperty("mail.smtp.timeout", ANSWER_MS);
        properties.setProperty("mail.smtp.writetimeout", ANSWER_MS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!tls));
        if (url.user() != null) {
            sender.setUsername(url.user());
            sender.setPassword(url.password() == null ? "" : url.password());
            properties.setProperty("mail.smtp.auth", "true");
            // A password never travels in the clear, not even where somebody strips STARTTLS from the greeting.
            properties.setProperty("mail.smtp.starttls.required", Boolean.toString(!tls));
        }
        return sender;
    }

    private static InternetAddress from(@Nullable String from) {
        try {
            InternetAddress address = new InternetAddress(String.valueOf(from), true);
            String name = address.getPersonal();
            return name == null ? address : new InternetAddress(address.getAddress(), name, "UTF-8");
        } catch (AddressException | java.io.UnsupportedEncodingException e) {
            throw new SettingsRefused(
                    "TAMBOUR_MAIL_FROM must be an address like mairie@clairval.example, since " + SETTING + " is set.");
        }
    }
}
