package fr.tambour.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A contract that holds on SQLite and on PostgreSQL. The class runs twice; its constructor takes the {@link Engine}, a
 * fresh migrated database per class and engine, closed afterwards:
 *
 * <pre>
 * &#64;OnBothEngines
 * class TownsTest {
 *     private final Towns towns;
 *
 *     TownsTest(Engine engine) {
 *         towns = engine.make(JdbcTowns.class);
 *     }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.testing.Engines#both")
public @interface OnBothEngines {}
