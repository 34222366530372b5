package fr.tambour.operations.internal.demonstration;

import fr.tambour.operations.internal.demonstration.DemoContent.DemoPerson;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Says at the door of a demonstration who may come in, and with which password. */
@Component
class DemonstrationDoor implements PagePanel.Provider {

    private final Words words;
    private final List<DemoPerson> people;

    DemonstrationDoor(Words words, @Value("${tambour.demo:false}") boolean demonstration) {
        this.words = words;
        this.people = demonstration ? DemonstrationTown.read().people() : List.of();
    }

    @Override
    public List<PagePanel> panels(Scope scope, String page, long subject) {
        if (people.isEmpty() || !page.equals("sign-in")) {
            return List.of();
        }
        Words said = words.in(scope.locale());
        Stream<String> lines = Stream.concat(
                people.stream()
                        .map(person -> said.get(
                                "operations.demonstration.person",
                                person.name(),
                                said.lang().equals("en") ? person.functionEn() : person.functionFr(),
                                person.email())),
                Stream.of(said.get("operations.demonstration.password", DemonstrationTown.PASSWORD)));
        return List.of(new PagePanel(10, said.get("operations.demonstration.people"), lines.toList(), List.of()));
    }
}
