package fr.tambour.people.studio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnTest {

    @ParameterizedTest
    @ValueSource(strings = {"/studio", "/studio/avis/0f2k", "/studio/avis?etat=brouillon", "/studio?x"})
    void leadsBackIntoTheStudio(String wanted) {
        assertThat(Return.to(wanted)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example/",
                "//evil.example/studio",
                "/studio.evil.example",
                "/studio\\..\\evil",
                "/studio/\r\nSet-Cookie: a=b",
                "/studio@evil.example",
                "/studio/../../evil",
                "/studio/%2e%2e/%2E%2E/evil",
                "/studio/./moi",
                "/studio//evil.example",
                "/studio/%zz",
                "/studio/%0d%0aX:y",
                "/studio/%00",
                "/studio/%7F",
                "/studio/%c2%85",
                "/studio/%ff",
                "/studio?x=%0a",
                "/studio/connexion",
                "/studio/deconnexion",
                "javascript:alert(1)"
            })
    void andNowhereElse(String wanted) {
        assertThat(Return.to(wanted)).isEqualTo("/studio");
    }
}
