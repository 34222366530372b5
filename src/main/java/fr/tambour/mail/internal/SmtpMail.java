package fr.tambour.mail.internal;

import fr.tambour.mail.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Component
@EnableConfigurationProperties(MailSettings.class)
class SmtpMail implements Mail {

    private static final Logger log = LoggerFactory.getLogger(SmtpMail.class);
    private static final String CONNECT_MS = "5000";
    private static final String ANSWER_MS = "15000";

    private final @Nullable JavaMailSenderImpl sender;
    private final @Nullable InternetAddress from;

    SmtpMail(MailSettings settings) {
        if (!settings.configured()) {
            this.sender = null;
            this.from = null;
            return;
        }
        URI url = URI.create(String.valueOf(settings.url()));
        this.sender = sender(url);
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

    private static JavaMailSenderImpl sender(URI url) {
        boolean tls = "smtps".equals(url.getScheme());
        if (url.getHost() == null || !(tls || "smtp".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "tambour.mail.url must look like smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465");
        }
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(url.getHost());
        sender.setPort(url.getPort() > 0 ? url.getPort() : tls ? 465 : 587);
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        Properties properties = sender.getJavaMailProperties();
        properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MS);
        properties.setProperty("mail.smtp.timeout", ANSWER_MS);
        properties.setProperty("mail.smtp.writetimeout", ANSWER_MS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!tls));
        if (url.getRawUserInfo() != null) {
            String[] parts = url.getRawUserInfo().split(":", 2);
            sender.setUsername(URLDecoder.decode(parts[0], StandardCharsets.UTF_8));
            sender.setPassword(parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
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
            throw new IllegalArgumentException(
                    "tambour.mail.from must be an address like mairie@clairval.example, since tambour.mail.url is set",
                    e);
        }
    }
}
