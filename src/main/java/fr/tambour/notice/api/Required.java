package fr.tambour.notice.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program must send: every component of a record that is not `@Nullable`. The reference says the same. */
final class Required {

    private Required() {}

    static boolean is(RecordComponent component) {
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** @throws ApiRefusal 400 `api.missing-field` */
    static void check(Object value, String path) {
        switch (value) {
            case Record of -> {
                for (RecordComponent component : of.getClass().getRecordComponents()) {
                    String field = path.isEmpty() ? component.getName() : path + "." + component.getName();
                    Object part = part(of, component);
                    if (part != null) {
                        check(part, field);
                    } else if (is(component)) {
                        throw ApiRefusal.ofField("api.missing-field", field);
                    }
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    check(list.get(i), path + "[" + i + "]");
                }
            }
            case Map<?, ?> map -> map.forEach((name, part) -> check(part, path + "." + name));
            default -> {}
        }
    }

    private static @Nullable Object part(Record of, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A record's component can be read", e);
        }
    }
}
