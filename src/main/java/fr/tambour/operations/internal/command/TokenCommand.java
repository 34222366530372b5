package fr.tambour.operations.internal.command;

import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.Right;
import fr.tambour.people.Tokens;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `tambour token TOWN MAIL`: a token by which a program acts as a person of a town. */
@Command(name = "token")
class TokenCommand implements OperatorCommand {

    private final Towns towns;
    private final People people;
    private final Tokens tokens;
    private final Set<String> known;
    private final Words french;
    private final Clock clock;
    private final TransactionTemplate write;

    @Parameters(index = "0", paramLabel = "TOWN")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "MAIL")
    private String mail = "";

    @Option(names = "--label", paramLabel = "TEXT", defaultValue = "tambour token")
    private String label = "";

    @Option(names = "--right", paramLabel = "RIGHT", split = ",")
    private Set<String> rights = new LinkedHashSet<>();

    @Option(names = "--days", paramLabel = "DAYS", defaultValue = "90")
    private int days;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    TokenCommand(
            Towns towns,
            People people,
            Tokens tokens,
            List<Right> rights,
            Words words,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.towns = towns;
        this.people = people;
        this.tokens = tokens;
        this.known = rights.stream().map(Right::name).collect(Collectors.toSet());
        this.french = words;
        this.clock = clock;
        this.write = new TransactionTemplate(transactions);
    }

    @Override
    public int run(Console console) {
        Words words = french.in(console.locale());
        Town town = towns.bySlug(slug)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "operations.no-such-town", slug));
        Actor actor = people.byEmail(mail)
                .flatMap(person -> people.actor(town.id(), person.id()))
                .orElseThrow(
                        () -> new Refusal(HttpStatus.NOT_FOUND, "operations.no-such-person", mail, town.fullName()));
        Set<String> chosen = rights.isEmpty() ? actor.rights() : rights;
        Set<String> unknown = without(chosen, known);
        if (!unknown.isEmpty()) {
            throw new Refusal(HttpStatus.NOT_FOUND, "operations.no-such-right", list(unknown), list(known));
        }
        Set<String> lacking = without(chosen, actor.rights());
        if (!lacking.isEmpty()) {
            throw new Refusal(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "operations.right-lacking",
                    actor.name(),
                    list(lacking),
                    list(actor.rights()));
        }
        Tokens.Created created = write.execute(status -> tokens.create(
                actor.person(), town.id(), label, chosen, clock.instant().plus(Duration.ofDays(days))));
        console.say(created.secret());
        console.complain(words.get(
                "operations.token.made",
                actor.name(),
                town.fullName(),
                list(chosen),
                words.moment(created.token().expires().atZone(ZoneId.systemDefault()))));
        return DONE;
    }

    private static Set<String> without(Set<String> rights, Set<String> others) {
        Set<String> left = new TreeSet<>(rights);
        left.removeAll(others);
        return left;
    }

    private static String list(Set<String> rights) {
        return String.join(", ", new TreeSet<>(rights));
    }
}
