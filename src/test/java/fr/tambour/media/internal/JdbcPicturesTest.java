package fr.tambour.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.media.Picture;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnBothEngines
class JdbcPicturesTest {

    private static final int TOWNS = 3;
    private static final int PICTURES_OF_EACH = 1_000;

    private final Engine engine;
    private final JdbcPictures pictures;

    JdbcPicturesTest(Engine engine) {
        this.engine = engine;
        this.pictures = engine.make(JdbcPictures.class);
    }

    @Test
    void whetherAnyTownHasAPictureIsFoundByItsIndex() {
        engine.writing().executeWithoutResult(status -> {
            for (int town = 1; town <= TOWNS; town++) {
                for (int n = 0; n < PICTURES_OF_EACH; n++) {
                    pictures.add(town, picture(n), Instant.EPOCH);
                }
            }
        });
        engine.jdbc().sql("ANALYZE media_picture").update();

        String plan = String.join(
                "\n",
                engine.jdbc()
                        .sql(engine.database().pick("EXPLAIN QUERY PLAN ", "EXPLAIN ") + JdbcPictures.ANYBODYS)
                        .param("hash", picture(7).hash())
                        .query((row, n) -> row.getString(engine.database().pick("detail", "QUERY PLAN")))
                        .list());

        assertThat(plan).contains("media_picture_hash").doesNotContain("Seq Scan", "SCAN media_picture");
        assertThat(pictures.anybodyHas(picture(7).hash())).isTrue();
        assertThat(pictures.anybodyHas("0".repeat(64))).isFalse();
    }

    private static Picture picture(int n) {
        return new Picture("%064x".formatted(n + 1), 1280, 960, "image/jpeg", List.of(320, 1280), "");
    }
}
