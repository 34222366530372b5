package fr.tambour.notice;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.NoticeTown#onBothEngines")
class JdbcPublicNoticesTest implements PublicNoticesContract {

    private final NoticeTown house;

    JdbcPublicNoticesTest(NoticeTown house) {
        this.house = house;
    }

    @Override
    public PublicNotices notices() {
        return house.server().bean(PublicNotices.class);
    }

    @Override
    public NoticeTown house() {
        return house;
    }
}
