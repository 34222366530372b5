package fr.tambour.people.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.people.Invitations;
import fr.tambour.people.Membership;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.storage.Ids;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes single-use links, and lets in who comes by one. */
@Service
public class Doors implements Invitations {

    static final Duration GOOD_FOR = Duration.ofDays(7);

    /** It opens whatever the account may do in any town. */
    static final Duration RECOVERY_GOOD_FOR = Duration.ofDays(1);

    private final Links links;
    private final Persons persons;
    private final Register register;
    private final Secrets secrets;
    private final Towns towns;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate writing;

    Doors(
            Links links,
            Persons persons,
            Register register,
            Secrets secrets,
            Towns towns,
            Audit audit,
            Ids ids,
            Clock clock,
            TransactionTemplate writing) {
        this.links = links;
        this.persons = persons;
        this.register = register;
        this.secrets = secrets;
        this.towns = towns;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.writing = writing;
    }

    @Override
    @Transactional
    public Link invite(TownId town, String email, Set<Role> roles, PersonId by) {
        String normal = Emails.check(email);
        Register.checkRoles(roles);
        boolean member = persons.byEmail(normal)
                .flatMap(known -> persons.membership(town, known.person().id()))
                .isPresent();
        if (member) {
            throw new Refusal(HttpStatus.CONFLICT, "people.already-member");
        }
        Instant now = clock.instant();
        Links.Link link =
                new Links.Link(town, ids.next(), Links.Purpose.JOIN, normal, roles, null, by, now, now.plus(GOOD_FOR));
        audit.record(new AuditEntry(
                town.value(),
                by.value(),
                "people.invited",
                Long.toString(link.id()),
                Map.of("roles", RoleNames.join(roles))));
        return open(link, normal, "/studio/invitation/");
    }

    @Override
    @Transactional
    public Link resetPassword(TownId town, PersonId id, PersonId by) {
        Person person = persons.membership(town, id)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "people.unknown"))
                .person();
        if (!mayLetChoose(town, id, by)) {
            throw new Refusal(HttpStatus.CONFLICT, "people.works-elsewhere");
        }
        Instant now = clock.instant();
        Links.Link link = new Links.Link(
                town, ids.next(), Links.Purpose.PASSWORD, null, Set.of(), id, by, now, now.plus(GOOD_FOR));
        audit.record(new AuditEntry(town.value(), by.value(), "people.password-link", id.toString()));
        return open(link, person.email(), "/studio/mot-de-passe/");
    }

    @Override
    @Transactional
    public Link recover(TownId town, String email) {
        String normal = Emails.check(email);
        Person person = persons.byEmail(normal)
                .map(Persons.Credentials::person)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "people.no-account", normal));
        if (!mayLetChoose(town, person.id(), PersonId.SYSTEM)) {
            throw new Refusal(
                    HttpStatus.CONFLICT,
                    "people.not-expected",
                    normal,
                    towns.get(town).fullName());
        }
        Instant now = clock.instant();
        links.endOperatorsLinks(person.id(), now);
        Stream.concat(persons.memberships(person.id()).stream().map(Membership::town), Stream.of(town))
                .distinct()
                .forEach(told -> audit.record(new AuditEntry(
                        told.value(),
                        PersonId.SYSTEM.value(),
                        "people.password-link",
                        person.id().toString())));
        return open(
                new Links.Link(
                        town,
                        ids.next(),
                        Links.Purpose.PASSWORD,
                        null,
                        Set.of(),
                        person.id(),
                        PersonId.SYSTEM,
                        now,
                        now.plus(RECOVERY_GOOD_FOR)),
                normal,
                "/studio/mot-de-passe/");
    }

    /**
     * Another town trusts the account as well, and not this one's administrators: only who runs the server may then, also for
     * somebody whom the town expects and whose account was made elsewhere.
     */
    private boolean mayLetChoose(TownId town, PersonId whose, PersonId by) {
        List<Membership> memberships = persons.memberships(whose);
        boolean here =
                memberships.stream().anyMatch(membership -> membership.town().equals(town));
        return by.equals(PersonId.SYSTEM)
                ? here
                        || persons.byId(whose)
                                .flatMap(person -> expected(town, person))
                                .isPresent()
                : here && memberships.size() == 1;
    }

    /** The invitation that the town has open for somebody. */
    private Optional<Links.Link> expected(TownId town, Person person) {
        return links.invitations(town, clock.instant()).stream()
                .filter(link -> person.email().equals(link.email()))
                .findFirst();
    }

    private Link open(Links.Link link, String email, String path) {
        String secret = secrets.fresh();
        links.endOlder(link, clock.instant());
        links.add(link, secrets.ofLink(secret));
        Town town = towns.get(link.town());
        return new Link(URI.create(town.url(path + secret)), email, link.expires());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Open> open(TownId town) {
        return links.invitations(town, clock.instant()).stream()
                .map(link -> new Open(
                        link.id(),
                        Objects.requireNonNull(link.email()),
                        link.roles(),
                        link.by(),
                        link.created(),
                        link.expires()))
                .toList();
    }

    @Override
    @Transactional
    public void takeBack(TownId town, long id, PersonId by) {
        if (links.end(town, id, clock.instant())) {
            audit.record(new AuditEntry(town.value(), by.value(), "people.invitation-ended", Long.toString(id)));
        }
    }

    /** Who is invited by this link. Whether they have an account already is not told: the inviter has the link, too. */
    public record Invited(String email, Set<Role> roles, Instant expires) {}

    /** Empty if the link is not, or no longer, good in this town. */
    @Transactional(readOnly = true)
    public Optional<Invited> invited(TownId town, String secret) {
        return find(town, secret, Links.Purpose.JOIN)
                .map(link -> new Invited(Objects.requireNonNull(link.email()), link.roles(), link.expires()));
    }

    /** Whose password this link lets choose. */
    @Transactional(readOnly = true)
    public Optional<Person> whosePassword(TownId town, String secret) {
        return find(town, secret, Links.Purpose.PASSWORD)
                .flatMap(link -> persons.byId(Objects.requireNonNull(link.person())));
    }

    /**
     * Someone new comes in by their link.
     *
     * @throws Refusal 422 if the name or the password will not do; 422 {@code people.email-known}, only after that, if
     *     there is an account at the invited address; 410 {@code people.link-over}
     */
    public Person accept(Town town, String secret, String name, String password, String language) {
        Invited invited = invited(town.id(), secret).orElseThrow(Doors::over);
        Register.Newcomer newcomer = register.encode(town, invited.email(), name, password);
        return Objects.requireNonNull(writing.execute(status -> {
            Links.Link link = use(town.id(), secret, Links.Purpose.JOIN);
            Person person = register.add(newcomer, language);
            register.join(town.id(), person.id(), link.roles(), PersonId.SYSTEM);
            return person;
        }));
    }

    /**
     * Someone who is known, and has just proved it, comes in by their link.
     *
     * @throws Refusal 403 {@code people.invitation-anothers} if it is for another address; 410 {@code people.link-over}
     */
    @Transactional
    public void accept(Town town, String secret, Person person) {
        Links.Link link = use(town.id(), secret, Links.Purpose.JOIN);
        if (!person.email().equals(link.email())) {
            throw new Refusal(HttpStatus.FORBIDDEN, "people.invitation-anothers");
        }
        register.join(town.id(), person.id(), link.roles(), PersonId.SYSTEM);
    }

    /**
     * @return whose password it was
     * @throws Refusal 410 {@code people.link-over}; 422 if the password will not do
     */
    public PersonId choosePassword(Town town, String secret, String password) {
        Person person = whosePassword(town.id(), secret).orElseThrow(Doors::over);
        String encoded = register.encode(town, person, password);
        writing.executeWithoutResult(status -> {
            Links.Link link = use(town.id(), secret, Links.Purpose.PASSWORD);
            register.changePassword(town.id(), person.id(), encoded);
            links.endPasswordLinks(person.id(), town.id(), clock.instant());
            if (link.by().equals(PersonId.SYSTEM)) {
                // At once: an account that works for one town alone is its administrators' to open again.
                expected(town.id(), person).ifPresent(invitation -> comeIn(invitation, person));
            }
        });
        return person.id();
    }

    private void comeIn(Links.Link invitation, Person person) {
        if (links.end(invitation.town(), invitation.id(), clock.instant())) {
            register.join(invitation.town(), person.id(), invitation.roles(), PersonId.SYSTEM);
        }
    }

    /** For a link that is not, or no longer, good. */
    public static Refusal over() {
        return new Refusal(HttpStatus.GONE, "people.link-over");
    }

    private Links.Link use(TownId town, String secret, Links.Purpose purpose) {
        return find(town, secret, purpose)
                .filter(link -> links.end(town, link.id(), clock.instant()))
                .orElseThrow(Doors::over);
    }

    private Optional<Links.Link> find(TownId town, String secret, Links.Purpose purpose) {
        return links.find(town, secrets.ofLink(secret), clock.instant())
                .filter(link -> link.purpose() == purpose)
                .filter(this::isStillRight);
    }

    /** What was right when the link was made may be so no longer. */
    private boolean isStillRight(Links.Link link) {
        return switch (link.purpose()) {
            case JOIN -> true;
            case PASSWORD -> mayLetChoose(link.town(), Objects.requireNonNull(link.person()), link.by());
        };
    }
}
