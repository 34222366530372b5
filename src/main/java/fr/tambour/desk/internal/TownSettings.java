package fr.tambour.desk.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.Kind;
import fr.tambour.people.Actor;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Profile;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What administrators change of their town: each change one transaction with its audit entry. */
@Service
public class TownSettings {

    private final Towns towns;
    private final Districts districts;
    private final Themes themes;
    private final ApprovalPolicies policies;
    private final DeskQueries notices;
    private final ArmsShelf arms;
    private final Audit audit;

    TownSettings(
            Towns towns,
            Districts districts,
            Themes themes,
            ApprovalPolicies policies,
            DeskQueries notices,
            ArmsShelf arms,
            Audit audit) {
        this.towns = towns;
        this.districts = districts;
        this.themes = themes;
        this.policies = policies;
        this.notices = notices;
        this.arms = arms;
        this.audit = audit;
    }

    /**
     * @param version of the town that the person saw
     * @throws Refusal 409 {@code desk.first-language-in-use} where another language would come first though notices are
     *     written in the present one: their readers would find nothing
     */
    @Transactional
    public void change(Actor actor, Town town, long version, Profile profile) {
        if (!town.language().equals(profile.languages().getFirst()) && notices.any(town.id())) {
            throw new Refusal(HttpStatus.CONFLICT, "desk.first-language-in-use");
        }
        Town changed = towns.change(town.id(), version, profile);
        arms.claim(town.id(), profile.arms());
        audit.record(new AuditEntry(
                town.id().value(), actor.person().value(), "town.changed", town.slug(), changes(town, changed)));
    }

    /** Of both lists as they stand: any change of either makes it another. */
    @Transactional(readOnly = true)
    public String listsVersion(TownId town) {
        return Integer.toHexString(Objects.hash(districts.of(town), themes.of(town)));
    }

    /**
     * @param version what {@link #listsVersion} said before the person was shown the lists
     * @throws Refusal 409 {@code desk.lists-changed} if they are others by now
     */
    @Transactional
    public void arrange(
            Actor actor, Town town, String version, List<ListEntry> districtEntries, List<ListEntry> themeEntries) {
        towns.lock(town.id());
        if (!version.equals(listsVersion(town.id()))) {
            throw new Refusal(HttpStatus.CONFLICT, "desk.lists-changed");
        }
        districts.arrange(town.id(), districtEntries);
        themes.arrange(town.id(), themeEntries);
        audit.record(new AuditEntry(
                town.id().value(),
                actor.person().value(),
                "town.lists-changed",
                town.slug(),
                Map.of(
                        "districts", Integer.toString(districtEntries.size()),
                        "themes", Integer.toString(themeEntries.size()))));
    }

    @Transactional
    public void decide(Actor actor, Town town, Map<Kind, ApprovalPolicy> chosen) {
        Map<String, String> details = new LinkedHashMap<>();
        Map<Kind, ApprovalPolicy> before = policies.of(town.id());
        chosen.forEach((kind, policy) -> {
            if (before.get(kind) != policy) {
                policies.set(town.id(), kind, policy);
                details.put(kind.name(), policy.name());
            }
        });
        if (!details.isEmpty()) {
            audit.record(new AuditEntry(
                    town.id().value(), actor.person().value(), "town.policy-changed", town.slug(), details));
        }
    }

    /** What changed of what the public or other programs depend on; names of people stay out of the journal. */
    private static Map<String, String> changes(Town before, Town after) {
        Map<String, String> changes = new LinkedHashMap<>();
        put(changes, "name", before.fullName(), after.fullName());
        put(changes, "address", before.baseUrl(), after.baseUrl());
        put(
                changes,
                "hosts",
                joined(before.profile().hosts()),
                joined(after.profile().hosts()));
        put(changes, "languages", joined(before.languages()), joined(after.languages()));
        put(changes, "zone", before.zone(), after.zone());
        put(changes, "colours", colours(before), colours(after));
        if (!Objects.equals(before.profile().arms(), after.profile().arms())) {
            changes.put("arms", after.profile().arms() == null ? "removed" : "given");
        }
        return changes;
    }

    private static String joined(Collection<String> values) {
        return String.join(", ", values);
    }

    private static String colours(Town town) {
        Profile.Colours colours = town.profile().colours();
        return colours.first() + ", " + colours.second();
    }

    private static void put(
            Map<String, String> changes, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changes.put(field, String.valueOf(after));
        }
    }
}
