package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.Events;
import fr.tambour.fediverse.internal.FediverseRetention;
import fr.tambour.fediverse.internal.Notes;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.HeadLink;
import fr.tambour.ui.HeadMeta;
import fr.tambour.ui.Icon;
import fr.tambour.ui.PrivacyParagraph;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SiteLink;
import fr.tambour.ui.Words;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The way to the account, its name in every head (by which other servers call the site verified), and what is kept. */
@Component
class FediverseLinks implements SiteLink.Provider, HeadLink.Provider, HeadMeta.Provider, PrivacyParagraph.Provider {

    private static final Pattern NOTICE = Pattern.compile("/avis/([0-9a-z]{13})(?:/.*)?");

    private final Actors actors;
    private final PublicNotices notices;
    private final Towns towns;
    private final Words words;

    FediverseLinks(Actors actors, PublicNotices notices, Towns towns, Words words) {
        this.actors = actors;
        this.notices = notices;
        this.towns = towns;
        this.words = words;
    }

    private Optional<Town> town(Scope scope) {
        return scope.townId() == 0 ? Optional.empty() : towns.byId(new TownId(scope.townId()));
    }

    @Override
    public List<SiteLink> links(Scope scope) {
        Words here = words.in(scope.locale());
        return town(scope)
                .map(town -> List.of(new SiteLink(
                        SiteLink.Place.TOLD,
                        20,
                        here.get("fediverse.told"),
                        here.get("fediverse.told.detail"),
                        actors.path(town),
                        Icon.GLOBE)))
                .orElse(List.of());
    }

    @Override
    public List<HeadLink> headLinks(Scope scope) {
        return scope.studio()
                ? List.of()
                : town(scope).map(town -> links(town, scope.path())).orElse(List.of());
    }

    /** Who a notice is by: Mastodon shows that account with links to its page, since the account names the page's domain. */
    @Override
    public List<HeadMeta> headMetas(Scope scope) {
        return NOTICE.matcher(scope.path()).matches()
                ? town(scope)
                        .map(town -> List.of(new HeadMeta("fediverse:creator", "@" + actors.handle(town))))
                        .orElse(List.of())
                : List.of();
    }

    /** Who the site is, and where other servers read what people see here. */
    private List<HeadLink> links(Town town, String path) {
        Stream<HeadLink> me = Stream.concat(
                        Stream.of(actors.base(town) + actors.path(town)),
                        actors.themes(town).stream()
                                .filter(actor -> actor.state() == Actor.State.ON)
                                .map(actor -> actor.uri().toString()))
                .map(account -> new HeadLink("me", null, account, null));
        Stream<HeadLink> documents = documents(town, path).stream()
                .map(found -> new HeadLink("alternate", FediverseMedia.ACTIVITY, found, null, true));
        return Stream.concat(me, documents).toList();
    }

    /** Where other servers read what people see here; of an event its note, and then what calendars read. */
    private List<String> documents(Town town, String path) {
        boolean isAccount = path.equals(actors.path(town))
                || path.startsWith("/@")
                        && actors.themes(town).stream()
                                .anyMatch(actor -> actor.state() != Actor.State.CLOSED && path.equals(actor.path()));
        if (isAccount) {
            return List.of(actors.base(town) + path);
        }
        Matcher notice = NOTICE.matcher(path);
        return notice.matches()
                ? NoticeId.ofRef(notice.group(1))
                        .flatMap(id -> notices.find(town.id(), id))
                        .filter(Notes::isOf)
                        .map(found -> documents(actors.base(town), found))
                        .orElse(List.of())
                : List.of();
    }

    private static List<String> documents(URI base, PublishedNotice notice) {
        String note = Notes.id(base, notice.id()).toString();
        return Events.isOf(notice) ? List.of(note, Events.id(base, notice).toString()) : List.of(note);
    }

    @Override
    public List<PrivacyParagraph> paragraphs(Scope scope) {
        Words here = words.in(scope.locale());
        List<String> sentences = new ArrayList<>(List.of(
                here.get("fediverse.privacy.kept"),
                here.get("fediverse.privacy.seen"),
                here.get("fediverse.privacy.erased", FediverseRetention.INBOX_DAYS)));
        if (town(scope).filter(actors::approve).isPresent()) {
            sentences.add(here.get("fediverse.privacy.asked", FediverseRetention.ASKING_DAYS));
        }
        sentences.add(here.get("fediverse.privacy.reposted"));
        sentences.add(here.get("fediverse.privacy.quoted", FediverseRetention.QUOTE_DAYS));
        return List.of(new PrivacyParagraph(30, here.get("fediverse.privacy.heading"), List.copyOf(sentences)));
    }
}
