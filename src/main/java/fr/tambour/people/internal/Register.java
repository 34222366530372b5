package fr.tambour.people.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.people.Actor;
import fr.tambour.people.Membership;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who works for which town. */
@Service
public class Register implements People {

    static final int NAME_LENGTH = 80;

    private static final Set<String> LANGUAGES = Set.of("fr", "en");

    private final Persons persons;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Links links;
    private final TokenTable tokens;
    private final Rights rights;
    private final Towns towns;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final MessageSource messages;

    Register(
            Persons persons,
            Passwords passwords,
            Sessions sessions,
            Links links,
            TokenTable tokens,
            Rights rights,
            Towns towns,
            Audit audit,
            Ids ids,
            Clock clock,
            MessageSource messages) {
        this.persons = persons;
        this.passwords = passwords;
        this.sessions = sessions;
        this.links = links;
        this.tokens = tokens;
        this.rights = rights;
        this.towns = towns;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.messages = messages;
    }

    @Override
    @Transactional(readOnly = true)
    public Person get(PersonId id) {
        return persons.byId(id).orElseThrow(() -> new NoSuchElementException("No person " + id));
    }

    /** Empty as well once they were erased. */
    @Transactional(readOnly = true)
    Optional<Person> find(PersonId id) {
        return persons.byId(id).filter(person -> !person.email().isEmpty());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Person> byEmail(String email) {
        return persons.byEmail(Emails.normal(email)).map(Persons.Credentials::person);
    }

    @Override
    @Transactional(readOnly = true)
    public String nameOf(PersonId id) {
        return id.equals(PersonId.SYSTEM) ? word("people.system") : written(persons.byId(id));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<PersonId, String> namesOf(Collection<PersonId> ids) {
        Map<PersonId, String> names = new HashMap<>();
        ids.forEach(id -> names.put(id, word(id.equals(PersonId.SYSTEM) ? "people.system" : "people.erased")));
        persons.byIds(names.keySet()).forEach(person -> names.put(person.id(), written(Optional.of(person))));
        return names;
    }

    private String written(Optional<Person> person) {
        return person.map(Person::name).filter(name -> !name.isEmpty()).orElseGet(() -> word("people.erased"));
    }

    private String word(String key) {
        boolean asked = LocaleContextHolder.getLocaleContext() != null;
        return messages.getMessage(key, null, asked ? LocaleContextHolder.getLocale() : Locale.FRENCH);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Membership> of(TownId town) {
        return persons.members(town);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Membership> of(PersonId person) {
        return persons.memberships(person);
    }

    /** Those who have left the town and whose name is still kept. */
    @Transactional(readOnly = true)
    public List<Membership> former(TownId town) {
        return persons.former(town);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Membership> membership(TownId town, PersonId person) {
        return persons.membership(town, person);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Actor> actor(TownId town, PersonId person) {
        return persons.membership(town, person).map(this::actor);
    }

    Actor actor(Membership membership) {
        Person person = membership.person();
        return new Actor(
                person.id(), membership.town(), person.name(), membership.roles(), rights.of(membership.roles()));
    }

    @Override
    @Transactional
    public Person createAdministrator(TownId town, String email, String name, String password, String language) {
        return create(town, email, name, password, language, Set.of(Role.ADMINISTRATOR));
    }

    @Override
    @Transactional
    public Person create(TownId town, String email, String name, String password, String language, Set<Role> roles) {
        Person person = byEmail(Emails.check(email))
                .orElseGet(() -> add(encode(towns.get(town), email, name, password), language));
        join(town, person.id(), roles, PersonId.SYSTEM);
        return person;
    }

    /**
     * What a new person enters, checked, the password hashed: that takes a moment, and no transaction should wait for it.
     *
     * @param password encoded
     */
    record Newcomer(String email, String name, String password) {}

    /** @throws Refusal 422 if the e-mail, the name or the password will not do */
    Newcomer encode(Town town, String email, String name, String password) {
        String normal = Emails.check(email);
        String clean = checkName(name);
        passwords.check(password, guesses(town, normal, clean));
        return new Newcomer(normal, clean, passwords.encode(password));
    }

    /**
     * A person nobody knew yet.
     *
     * @throws Refusal 422 {@code people.email-known} if there is an account at the address: they sign in with that one
     */
    Person add(Newcomer newcomer, String language) {
        Person person = new Person(
                new PersonId(ids.next()),
                newcomer.email(),
                newcomer.name(),
                LANGUAGES.contains(language) ? language : "fr");
        try {
            persons.add(person, newcomer.password(), clock.instant());
        } catch (DuplicateKeyException e) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "people.email-known");
        }
        return person;
    }

    /** Someone known begins to work for a town, or has other roles in it from now on. */
    @Transactional
    public void join(TownId town, PersonId person, Set<Role> roles, PersonId by) {
        checkRoles(roles);
        // One town's administrator had a link made while the account was theirs alone: it opens no other town.
        links.endPasswordLinks(person, town, clock.instant());
        persons.join(town, person, roles, clock.instant());
        audit.record(new AuditEntry(
                town.value(),
                by.equals(PersonId.SYSTEM) ? person.value() : by.value(),
                "people.joined",
                person.toString(),
                Map.of("roles", RoleNames.join(roles))));
    }

    @Transactional
    public void changeRoles(TownId town, PersonId person, Set<Role> roles, PersonId by) {
        checkRoles(roles);
        persons.lockMembers(town);
        Membership before = member(town, person);
        if (before.roles().equals(roles)) {
            return;
        }
        if (!roles.contains(Role.ADMINISTRATOR)) {
            keepAnAdministrator(town, person);
        }
        persons.join(town, person, roles, clock.instant());
        audit.record(new AuditEntry(
                town.value(),
                by.value(),
                "people.roles-changed",
                person.toString(),
                Map.of("before", RoleNames.join(before.roles()), "after", RoleNames.join(roles))));
    }

    /**
     * Whether this person may go: to be asked before a person is asked whether they are sure, and again, under the lock on
     * the members, before they go.
     *
     * @throws Refusal 409 {@code people.last-administrator}
     */
    @Transactional(readOnly = true)
    public void keepAnAdministrator(TownId town, PersonId leaving) {
        boolean another = persons.members(town).stream()
                .filter(member -> !member.person().id().equals(leaving))
                .anyMatch(member -> member.roles().contains(Role.ADMINISTRATOR));
        boolean needed = member(town, leaving).roles().contains(Role.ADMINISTRATOR);
        if (needed && !another) {
            throw new Refusal(HttpStatus.CONFLICT, "people.last-administrator");
        }
    }

    /** Ends a membership. What they did stays theirs. */
    @Transactional
    public void remove(TownId town, PersonId person, PersonId by) {
        persons.lockMembers(town);
        member(town, person);
        keepAnAdministrator(town, person);
        links.endPasswordLinks(person, town, clock.instant());
        persons.leave(town, person, clock.instant());
        revokeTokens(person, by, token -> token.town().equals(town));
        audit.record(new AuditEntry(
                town.value(), by.value(), person.equals(by) ? "people.left" : "people.removed", person.toString()));
    }

    /**
     * Takes away name, e-mail (where they were invited, too, but for what another town has open), password and tokens of
     * someone who has left the town and works for no other. The journal keeps their number, and its chain.
     */
    @Transactional
    public void erase(TownId town, PersonId person, PersonId by) {
        if (persons.former(town).stream()
                .noneMatch(former -> former.person().id().equals(person))) {
            throw new Refusal(HttpStatus.NOT_FOUND, "people.unknown");
        }
        if (!persons.memberships(person).isEmpty()) {
            throw new Refusal(HttpStatus.CONFLICT, "people.works-elsewhere");
        }
        links.forget(town, person, get(person).email(), clock.instant());
        tokens.forget(person);
        persons.erase(person);
        sessions.endAll(person);
        audit.record(new AuditEntry(town.value(), by.value(), "people.erased", person.toString()));
    }

    @Transactional
    public void changeProfile(PersonId person, String name, String language) {
        persons.changeProfile(person, checkName(name), LANGUAGES.contains(language) ? language : "fr");
    }

    /** @throws Refusal 422 if the password will not do */
    public String encode(Town town, Person person, String password) {
        passwords.check(password, guesses(town, person.email(), person.name()));
        return passwords.encode(password);
    }

    /**
     * A new password ends all sessions of the person, who begins another, and revokes their tokens in every town: whoever
     * changes it because somebody else came in must be alone afterwards.
     */
    @Transactional
    public void changePassword(TownId town, PersonId id, String encoded) {
        persons.changePassword(id, encoded);
        sessions.endAll(id);
        revokeTokens(id, id, token -> true);
        audit.record(new AuditEntry(town.value(), id.value(), "people.password-changed", id.toString()));
    }

    private void revokeTokens(PersonId person, PersonId by, Predicate<TokenTable.Known> which) {
        Instant now = clock.instant();
        tokens.ofAnyTown(person, now).stream()
                .filter(which)
                .filter(token -> tokens.revoke(token.town(), person, token.id(), now))
                .forEach(token -> audit.record(new AuditEntry(
                        token.town().value(), by.value(), "people.token-revoked", Long.toString(token.id()))));
    }

    private static String[] guesses(Town town, String email, String name) {
        return new String[] {email, email.substring(0, email.indexOf('@')), name, town.name(), town.slug()};
    }

    private Membership member(TownId town, PersonId person) {
        return persons.membership(town, person).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "people.unknown"));
    }

    private static String checkName(String name) {
        String clean = Clean.line(name, NAME_LENGTH);
        if (clean.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "people.name-missing");
        }
        return clean;
    }

    static void checkRoles(Set<Role> roles) {
        if (roles.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "people.roles-missing");
        }
    }
}
