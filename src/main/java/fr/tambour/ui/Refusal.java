package fr.tambour.ui;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * Something was asked that will not be done. Shown to a person as a page or a message in the form, to a program as an RFC 9457 problem. The sentence
 * is the message {@code error.<code>}: what happened, to what, what to do.
 */
public class Refusal extends RuntimeException {

    private final HttpStatus status;
    private final String code;
    private final transient List<Object> args;

    /**
     * @param status what the protocol is told
     * @param code stable name of the reason, lower case with hyphens and dots: {@code notice.already-published}
     * @param args values for the sentence; they are shown, so nothing secret belongs here
     */
    public Refusal(HttpStatus status, String code, Object... args) {
        super(code + (args.length == 0 ? "" : " " + Arrays.toString(args)), null, false, true);
        this.status = status;
        this.code = code;
        this.args = List.of(args);
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Key of the sentence for the person. */
    public String key() {
        return "error." + code;
    }

    public Object[] args() {
        return args.toArray();
    }

    /** What an RFC 9457 problem tells programs beyond the sentence: its extension members, by name. */
    public Map<String, Object> members(Words words) {
        return Map.of();
    }
}
