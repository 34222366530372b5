package fr.tambour.storage;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A server as a setting names it: `SCHEME://USER:PASSWORD@HOST:PORT/PATH?NAME=VALUE` (RFC 3986, save that a host name may
 * hold underscores, as those of containers do, and that there may be several, with commas between them). `%XX` is decoded
 * and nothing else: a plus sign stays one. Neither {@link #toString} nor any exception tells the password.
 *
 * @param scheme what is before `://`
 * @param user null where none is named
 * @param password null where none is named
 * @param authority host and port, as written: `db`, `db:5432`, `[::1]:5432`, `one:5432,two:5432`
 * @param path without the slash it begins with; empty where there is none
 * @param parameters in the order in which they are written
 */
public record ServerUrl(
        String scheme,
        @Nullable String user,
        @Nullable String password,
        String authority,
        String path,
        Map<String, String> parameters) {

    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])";
    private static final String SERVER = HOST + "(?::[0-9]{1,5})?";
    private static final Pattern SHAPE = Pattern.compile("(?<scheme>[a-z][a-z0-9+.-]*)://"
            + "(?:(?<user>[^:@/?#\\s]*)(?::(?<password>[^@/?#\\s]*))?@)?"
            + "(?<authority>" + SERVER + "(?:," + SERVER + ")*)"
            + "(?:/(?<path>[^@?#\\s]*))?"
            + "(?:\\?(?<query>[^@?#\\s]*))?");
    private static final Pattern FIRST = Pattern.compile("(" + HOST + ")(?::([0-9]+))?(?:,.*)?");

    public ServerUrl {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * @param setting the name of the setting, for who has to mend it
     * @param like what it must look like, for the same
     * @param url what is set
     * @throws SettingsRefused if that is not an address; what is set is not repeated
     */
    public static ServerUrl of(String setting, String like, String url) {
        Matcher shape = SHAPE.matcher(url.strip());
        if (!shape.matches()) {
            throw refused(setting, like);
        }
        try {
            return new ServerUrl(
                    shape.group("scheme"),
                    decodedOrNull(shape.group("user")),
                    decodedOrNull(shape.group("password")),
                    shape.group("authority"),
                    shape.group("path") == null ? "" : decoded(shape.group("path")),
                    parameters(shape.group("query")));
        } catch (IllegalArgumentException e) {
            throw refused(setting, like);
        }
    }

    /** Says what the setting must look like, and never what it is. */
    public static SettingsRefused refused(String setting, String like) {
        return new ServerUrlRefused(setting, like);
    }

    /** The first host. */
    public String host() {
        return first().group(1);
    }

    /** The first host's port, or another where none is named. */
    public int portOr(int otherwise) {
        String port = first().group(2);
        return port == null ? otherwise : Integer.parseInt(port);
    }

    private Matcher first() {
        Matcher first = FIRST.matcher(authority);
        if (!first.matches()) {
            throw new IllegalStateException("An authority begins with a host");
        }
        return first;
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("A parameter without a value");
            }
            parameters.put(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
        }
        return parameters;
    }

    private static @Nullable String decodedOrNull(@Nullable String text) {
        return text == null ? null : decoded(text);
    }

    /** @throws IllegalArgumentException if a percent sign begins no %XX */
    private static String decoded(String text) {
        return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
    }

    /** Without the password, and without parameters, since one of them may be a password too. */
    @Override
    public String toString() {
        return scheme + "://" + (user == null ? "" : user + "@") + authority + "/" + path;
    }
}
