package fr.tambour.people.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import fr.tambour.people.PersonId;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Remembers on a device who signed in there, so that others' failures do not slow them. The cookie proves nothing else:
 * the password is asked all the same. It holds the last few people, `PERSON.RANDOM.MAC` each, separated by `~`, and goes
 * to the studio only.
 */
@Component
class Devices {

    private static final String COOKIE = "tambour-device";
    private static final Duration AGE = Duration.ofDays(400);
    private static final int PEOPLE = 4;
    private static final int ENTRY_LENGTH = 160;

    private final SecureRandom random = new SecureRandom();
    private final MacKey key;

    Devices(Keys keys) {
        this.key = keys.mac("people.device");
    }

    /** What identifies this device for this person, if they signed in here before. */
    Optional<String> known(PersonId person, HttpServletRequest request) {
        return entries(request).stream()
                .filter(entry -> entry.startsWith(person + "."))
                .filter(this::genuine)
                .findFirst();
    }

    void remember(PersonId person, HttpServletRequest request, HttpServletResponse response) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        String content = person + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String fresh = known(person, request).orElse(content + "." + mac(content));
        String value = Stream.concat(
                        Stream.of(fresh), entries(request).stream().filter(entry -> !entry.startsWith(person + ".")))
                .limit(PEOPLE)
                .reduce((one, other) -> one + "~" + other)
                .orElseThrow();
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, value)
                        .path("/studio")
                        .maxAge(AGE)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }

    private boolean genuine(String entry) {
        int dot = entry.lastIndexOf('.');
        return MessageDigest.isEqual(
                mac(entry.substring(0, dot)).getBytes(StandardCharsets.US_ASCII),
                entry.substring(dot + 1).getBytes(StandardCharsets.US_ASCII));
    }

    private String mac(String content) {
        return key.hex(content);
    }

    private static List<String> entries(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return List.of();
        }
        return Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .flatMap(value -> Arrays.stream(value.split("~", PEOPLE + 1)))
                .filter(entry -> entry.length() <= ENTRY_LENGTH
                        && entry.chars().filter(c -> c == '.').count() == 2)
                .limit(PEOPLE)
                .toList();
    }
}
