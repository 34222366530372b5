package fr.tambour.operations.internal.archive;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * The outer shape of an archive: a gzipped tar, encrypted to one recipient in the age format. `age -d -i KEY.txt FILE |
 * tar tz` shows what is in it, without Tambour.
 */
final class Archive {

    static final String MANIFEST = "manifest.json";
    static final String INVENTORY = "inventory.json";
    /** `tables/NAME/000001.ndjson`: one JSON object a line. */
    static final String TABLES = "tables/";
    /** `files/…`: the data folder. */
    static final String FILES = "files/";

    private Archive() {}

    static TarArchiveOutputStream writing(OutputStream out, String recipient) throws IOException {
        try {
            RecipientStanzaWriter stanza = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
            OutputStream encrypted = Channels.newOutputStream(new StandardEncryptingChannelFactory()
                    .newEncryptingChannel(Channels.newChannel(out), List.of(stanza)));
            GzipParameters fast = new GzipParameters();
            fast.setCompressionLevel(Deflater.BEST_SPEED);
            fast.setBufferSize(1 << 16);
            TarArchiveOutputStream tar = new TarArchiveOutputStream(
                    new GzipCompressorOutputStream(encrypted, fast), StandardCharsets.UTF_8.name());
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            return tar;
        } catch (GeneralSecurityException e) {
            throw new IOException("The archive cannot be encrypted to " + recipient, e);
        }
    }

    static void put(TarArchiveOutputStream tar, String name, byte[] content, long madeAt) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(0600);
        entry.setModTime(madeAt);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /**
     * @param identity the recovery key, normalised
     * @throws ArchiveRefused if it opens another archive, or this is none
     */
    static TarArchiveInputStream reading(InputStream in, String identity) throws IOException {
        RecipientStanzaReader stanza;
        try {
            stanza = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ArchiveRefused(e, "operations.restore.key-mistyped");
        }
        try {
            InputStream decrypted = Channels.newInputStream(new StandardDecryptingChannelFactory()
                    .newDecryptingChannel(Channels.newChannel(in), List.of(stanza)));
            return new TarArchiveInputStream(new GzipCompressorInputStream(decrypted), StandardCharsets.UTF_8.name());
        } catch (GeneralSecurityException e) {
            throw new ArchiveRefused(e, "operations.restore.another-key");
        } catch (IOException e) {
            throw new ArchiveRefused(e, "operations.restore.no-archive");
        }
    }
}
