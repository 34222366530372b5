package fr.tambour.notice.api;

import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A refusal that the API itself has to say, before or instead of the desk; names the place in the JSON that it is about. */
class ApiRefusal extends Refusal {

    private final transient @Nullable Place place;

    ApiRefusal(HttpStatus status, String code, Object... args) {
        this(null, status, code, args);
    }

    private ApiRefusal(@Nullable Place place, HttpStatus status, String code, Object... args) {
        super(status, code, args);
        this.place = place;
    }

    /** 400: the JSON is not what this address takes. The field is the sentence's first argument. */
    static ApiRefusal ofField(String code, String field, Object... args) {
        return ofField(code, Place.of(field), args);
    }

    /** As {@link #ofField(String, String, Object...)}. */
    static ApiRefusal ofField(String code, Place place, Object... args) {
        return new ApiRefusal(place, HttpStatus.BAD_REQUEST, code, with(place, args));
    }

    /** 422: the JSON is well formed, its value cannot be. */
    static ApiRefusal ofValue(String code, String field, Object... args) {
        Place place = Place.of(field);
        return new ApiRefusal(place, HttpStatus.UNPROCESSABLE_CONTENT, code, with(place, args));
    }

    private static Object[] with(Place place, Object... args) {
        return Stream.concat(Stream.of(place.field()), Stream.of(args)).toArray();
    }

    /** {@code field} and {@code pointer}, where it is about one. */
    @Override
    public Map<String, Object> members(Words words) {
        return place == null ? Map.of() : Map.of("field", place.field(), "pointer", place.pointer());
    }
}
