package fr.tambour.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Signs certificates, also such as nobody should believe; by the JDK's `keytool`. */
public final class Authority {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private int made;

    private Authority(Path folder) {
        this.folder = folder;
    }

    public static Authority in(Path folder) {
        Authority authority = new Authority(folder);
        authority.keytool("-genkeypair", "ca.p12", "ca", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
        authority.keytool(
                "-exportcert",
                "ca.p12",
                "ca",
                "-rfc",
                "-file",
                folder.resolve("ca.pem").toString());
        return authority;
    }

    /** Its own: PEM. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** In force for a month from today. */
    public Pem valid(String host) {
        return signed(host, "-0d");
    }

    /** Over since a month ago. */
    public Pem expired(String host) {
        return signed(host, "-60d");
    }

    private Pem signed(String host, String start) {
        int number = ++made;
        String store = number + ".p12";
        Path request = folder.resolve(number + ".csr");
        Pem pem = new Pem(folder.resolve(number + ".pem"), folder.resolve(number + ".key"));
        keytool("-genkeypair", store, "leaf", "-keyalg", "EC", "-dname", "CN=" + host);
        keytool("-certreq", store, "leaf", "-file", request.toString());
        List<String> sign = new ArrayList<>(List.of("-infile", request.toString(), "-rfc"));
        sign.addAll(List.of("-outfile", pem.certificate().toString(), "-ext", "san=dns:" + host));
        sign.addAll(List.of("-startdate", start, "-validity", "30"));
        keytool("-gencert", "ca.p12", "ca", sign.toArray(String[]::new));
        try (InputStream in = Files.newInputStream(folder.resolve(store))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            byte[] key = keys.getKey("leaf", PASSWORD.toCharArray()).getEncoded();
            Files.writeString(
                    pem.key(),
                    "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                            .formatted(
                                    Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)));
            return pem;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String command, String store, String alias, String... more) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), command, "-alias", alias));
        all.addAll(List.of("-keystore", folder.resolve(store).toString(), "-storepass", PASSWORD));
        all.addAll(List.of(more));
        try {
            Process keytool = new ProcessBuilder(all).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
