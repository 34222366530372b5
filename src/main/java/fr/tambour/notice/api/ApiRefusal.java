package fr.tambour.notice.api;

import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** A refusal that the API itself has to say, before or instead of the desk; names the field it is about. */
class ApiRefusal extends Refusal {

    private final String field;

    ApiRefusal(HttpStatus status, String code, Object... args) {
        this("", status, code, args);
    }

    private ApiRefusal(String field, HttpStatus status, String code, Object... args) {
        super(status, code, args);
        this.field = field;
    }

    /** 400: the JSON is not what this address takes. The field is the sentence's first argument. */
    static ApiRefusal ofField(String code, String field, Object... args) {
        return new ApiRefusal(field, HttpStatus.BAD_REQUEST, code, with(field, args));
    }

    /** 422: the JSON is well formed, its value cannot be. */
    static ApiRefusal ofValue(String code, String field, Object... args) {
        return new ApiRefusal(field, HttpStatus.UNPROCESSABLE_CONTENT, code, with(field, args));
    }

    private static Object[] with(String field, Object... args) {
        return Stream.concat(Stream.of(field), Stream.of(args)).toArray();
    }

    @Override
    public Map<String, Object> members(Words words) {
        return field.isEmpty() ? Map.of() : Map.of("field", field);
    }
}
