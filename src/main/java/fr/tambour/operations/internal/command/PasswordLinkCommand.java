package fr.tambour.operations.internal.command;

import fr.tambour.people.Invitations;
import fr.tambour.people.Membership;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.ZoneId;
import java.util.List;
import org.springframework.http.HttpStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `tambour password-link TOWN MAIL`: a new password for the account at an address, given to whom the address belongs. */
@Command(name = "password-link")
class PasswordLinkCommand implements OperatorCommand {

    private final Towns towns;
    private final People people;
    private final Invitations invitations;
    private final Words french;

    @Parameters(index = "0", paramLabel = "TOWN")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "MAIL")
    private String mail = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    PasswordLinkCommand(Towns towns, People people, Invitations invitations, Words words) {
        this.towns = towns;
        this.people = people;
        this.invitations = invitations;
        this.french = words;
    }

    @Override
    public int run(Console console) {
        Words words = french.in(console.locale());
        Town town = towns.bySlug(slug)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "operations.no-such-town", slug));
        Invitations.Link link = invitations.recover(town.id(), mail);
        console.say(link.address().toString());
        console.complain(words.get(
                "operations.password-link.made",
                link.email(),
                words.moment(link.expires().atZone(ZoneId.systemDefault()))));
        List<String> works = people.byEmail(link.email()).map(Person::id).map(people::of).orElse(List.of()).stream()
                .map(Membership::town)
                .map(id -> towns.get(id).fullName())
                .toList();
        if (!works.isEmpty()) {
            console.complain(words.get("operations.password-link.works-for", String.join(", ", works)));
        }
        return DONE;
    }
}
