package fr.tambour.desk.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import fr.tambour.operations.TownFounder;
import fr.tambour.people.Invitations;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.storage.Ids;
import fr.tambour.town.Commune;
import fr.tambour.town.Communes;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Profile;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.TownType;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes a town with all that it needs on its first day, in one transaction. */
@Service
public class Founding implements TownFounder {

    private final Towns towns;
    private final Districts districts;
    private final Themes themes;
    private final ApprovalPolicies policies;
    private final People people;
    private final Invitations invitations;
    private final Communes communes;
    private final Defaults defaults;
    private final SetupLink link;
    private final SetupDrafts drafts;
    private final Audit audit;
    private final ArmsShelf arms;
    private final Ids ids;

    Founding(
            Towns towns,
            Districts districts,
            Themes themes,
            ApprovalPolicies policies,
            People people,
            Invitations invitations,
            Communes communes,
            Defaults defaults,
            SetupLink link,
            SetupDrafts drafts,
            Audit audit,
            ArmsShelf arms,
            Ids ids) {
        this.towns = towns;
        this.districts = districts;
        this.themes = themes;
        this.policies = policies;
        this.people = people;
        this.invitations = invitations;
        this.communes = communes;
        this.defaults = defaults;
        this.link = link;
        this.drafts = drafts;
        this.audit = audit;
        this.arms = arms;
        this.ids = ids;
    }

    /**
     * The end of the set-up: the town as drafted, and its first administrator.
     *
     * @param token the set-up link's, used up by this
     * @throws Refusal 409 {@code desk.setup-incomplete} if a step before is missing; 422 for what is wrong with the person
     */
    @Transactional
    public Person found(String token, String name, String email, String password, String language) {
        link.use(token);
        SetupDraft draft = drafts.current();
        if (!draft.reaches(SetupStage.ADMINISTRATOR)) {
            throw new Refusal(HttpStatus.CONFLICT, "desk.setup-incomplete");
        }
        Town town = found(
                draft.town(),
                Objects.requireNonNull(draft.origin()),
                Objects.requireNonNull(draft.profile()),
                draft.districts(),
                draft.themes(),
                draft.policies());
        Person administrator = people.createAdministrator(town.id(), email, name, password, language);
        record(town, administrator.id());
        drafts.forget();
        return administrator;
    }

    @Override
    @Transactional
    public Founded found(TownType type, String code, URI baseUrl, String email) {
        if (towns.all().stream().anyMatch(Town::demonstration)) {
            // It would not start again beside a real town.
            throw new Refusal(HttpStatus.CONFLICT, "desk.town-in-demonstration");
        }
        for (Town there : towns.all()) {
            if (there.type() == type && there.origin().code().equals(code)) {
                throw new Refusal(
                        HttpStatus.CONFLICT, "desk.town-there", there.fullName(), there.slug(), there.baseUrl());
            }
        }
        Commune commune = communes.byCode(type, code)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "desk.town-unknown", code));
        URI base = TownFormReader.publicAddress(baseUrl.toString())
                .orElseThrow(() -> new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "desk.url-invalid", baseUrl));
        Town town = found(
                new TownId(ids.next()),
                defaults.origin(commune),
                defaults.profile(commune, base),
                defaults.districts(commune),
                defaults.themes(),
                defaults.policies(commune));
        Invitations.Link invitation = invitations.invite(town.id(), email, Set.of(Role.ADMINISTRATOR), PersonId.SYSTEM);
        record(town, PersonId.SYSTEM);
        return new Founded(town, invitation);
    }

    private Town found(
            TownId id,
            Town.Origin origin,
            Profile profile,
            List<String> districtNames,
            List<String> themeNames,
            Map<Kind, ApprovalPolicy> chosen) {
        Town town = towns.add(id, origin, profile, false);
        arms.claim(town.id(), profile.arms());
        districts.arrange(town.id(), entries(town, districtNames));
        themes.arrange(town.id(), entries(town, themeNames));
        chosen.forEach((kind, policy) -> policies.set(town.id(), kind, policy));
        return town;
    }

    private static List<ListEntry> entries(Town town, List<String> names) {
        return names.stream()
                .map(name -> new ListEntry(null, Map.of(town.language(), name)))
                .toList();
    }

    private void record(Town town, PersonId by) {
        audit.record(new AuditEntry(
                town.id().value(),
                by.value(),
                "town.created",
                town.slug(),
                Map.of(
                        "name",
                        town.fullName(),
                        "code",
                        town.origin().code(),
                        "address",
                        town.baseUrl().toString())));
    }
}
