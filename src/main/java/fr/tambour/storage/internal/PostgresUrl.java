package fr.tambour.storage.internal;

import fr.tambour.storage.ServerUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the driver of PostgreSQL is told. The JDBC URL is made anew of host, port and database: whatever else was written,
 * a password above all, goes beside it, since URLs are logged.
 *
 * @param jdbc holds no secret
 * @param user null: the driver's default, the user of the system
 * @param password null where there is none
 * @param properties of the driver, by its names
 */
record PostgresUrl(
        String jdbc, @Nullable String user, @Nullable String password, Map<String, String> properties) {

    private static final String SETTING = "TAMBOUR_DATABASE_URL";
    private static final String LIKE = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE";
    private static final String JDBC = "jdbc:";
    private static final String LOCAL = "jdbc:postgresql:";

    /**
     * @param url `postgresql://…`, the form that psql and hosting panels show, or `jdbc:postgresql:…`
     * @throws fr.tambour.storage.SettingsRefused if it is neither; the message does not repeat it
     */
    static PostgresUrl of(String url) {
        String written = url.strip();
        if (written.startsWith(LOCAL) && !written.startsWith(LOCAL + "//")) {
            // The driver's short form, which leaves out the host.
            written = "postgresql://localhost/"
                    + written.substring(LOCAL.length()).replaceFirst("^/", "");
        } else if (written.startsWith(JDBC)) {
            written = written.substring(JDBC.length());
        }
        ServerUrl server = ServerUrl.of(SETTING, LIKE, written);
        if (!server.scheme().equals("postgresql") && !server.scheme().equals("postgres")) {
            throw ServerUrl.refused(SETTING, LIKE);
        }
        Map<String, String> properties = new LinkedHashMap<>(server.parameters());
        String user = properties.remove("user");
        String password = properties.remove("password");
        return new PostgresUrl(
                "jdbc:postgresql://" + server.authority() + "/" + encoded(server.path()),
                server.user() == null ? user : server.user(),
                server.password() == null ? password : server.password(),
                properties);
    }

    /** The driver decodes the database's name as forms do. */
    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return jdbc;
    }
}
