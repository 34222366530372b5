package fr.tambour.feed.internal;

import com.rometools.rome.feed.atom.Category;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.rss.Description;
import com.rometools.rome.feed.rss.Enclosure;
import com.rometools.rome.feed.rss.Guid;
import com.rometools.rome.feed.rss.Item;
import com.rometools.rome.feed.synd.SyndPerson;
import com.rometools.rome.feed.synd.SyndPersonImpl;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.springframework.stereotype.Component;

/** RSS 2.0 and Atom (RFC 4287), with tombstones (RFC 6721) in Atom for what is gone; in RSS an entry says so. */
@Component
class RssAndAtom {

    private static final Namespace TOMBSTONES = Namespace.getNamespace("at", "http://purl.org/atompub/tombstones/1.0");
    private static final Namespace ATOM = Namespace.getNamespace("atom", "http://www.w3.org/2005/Atom");
    private static final Namespace CONTENT =
            Namespace.getNamespace("content", "http://purl.org/rss/1.0/modules/content/");

    String rss(Feed feed) {
        Channel channel = new Channel("rss_2.0");
        channel.setEncoding("UTF-8");
        channel.setTitle(feed.title());
        channel.setDescription(escaped(feed.description()));
        channel.setLink(feed.home());
        channel.setLanguage(feed.language());
        channel.setLastBuildDate(Date.from(feed.updated()));
        channel.setTtl(5);
        channel.getForeignMarkup()
                .add(new Element("link", ATOM)
                        .setAttribute("rel", "self")
                        .setAttribute("type", "application/rss+xml")
                        .setAttribute("href", feed.self() + ".rss"));
        channel.setItems(feed.told().stream().map(entry -> item(feed, entry)).toList());
        return text(channel);
    }

    private static Item item(Feed feed, Feed.Entry entry) {
        Item item = new Item();
        item.setTitle(entry.title());
        item.setLink(entry.url());
        Guid guid = new Guid();
        guid.setValue(entry.id());
        guid.setPermaLink(feed.town().hasLinksForIdentifiers());
        item.setGuid(guid);
        item.setPubDate(Date.from(entry.published()));
        Description summary = new Description();
        summary.setValue(escaped(entry.summary()));
        item.setDescription(summary);
        item.getForeignMarkup().add(new Element("encoded", CONTENT).setText(entry.html()));
        // RSS has no word for a changed item; Atom's is understood.
        item.getForeignMarkup().add(new Element("updated", ATOM).setText(rfc3339(entry.updated())));
        List<com.rometools.rome.feed.rss.Category> categories = new ArrayList<>();
        entry.categories().forEach(name -> {
            var category = new com.rometools.rome.feed.rss.Category();
            category.setValue(name);
            categories.add(category);
        });
        item.setCategories(categories);
        if (entry.picture() != null) {
            Enclosure enclosure = new Enclosure();
            enclosure.setUrl(entry.picture().url());
            enclosure.setType(entry.picture().mediaType());
            enclosure.setLength(entry.picture().bytes());
            item.setEnclosures(List.of(enclosure));
        }
        return item;
    }

    /** A description is HTML to all who read RSS (RSS Advisory Board, « Encoding »): there, plain text must say so. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    String atom(Feed feed) {
        var atom = new com.rometools.rome.feed.atom.Feed("atom_1.0");
        atom.setEncoding("UTF-8");
        atom.setId(feed.id());
        atom.setTitle(feed.title());
        Content subtitle = new Content();
        subtitle.setType("text");
        subtitle.setValue(feed.description());
        atom.setSubtitle(subtitle);
        atom.setLanguage(feed.language());
        atom.setUpdated(Date.from(feed.updated()));
        atom.setAuthors(List.of(town(feed)));
        atom.setAlternateLinks(List.of(link("alternate", "text/html", feed.home())));
        atom.setOtherLinks(List.of(link("self", "application/atom+xml", feed.self() + ".atom")));
        atom.setEntries(feed.entries().stream().map(RssAndAtom::entry).toList());
        feed.gone()
                .forEach(gone -> atom.getForeignMarkup()
                        .add(new Element("deleted-entry", TOMBSTONES)
                                .setAttribute("ref", gone.id())
                                .setAttribute("when", rfc3339(gone.at()))
                                .addContent(new Element("comment", TOMBSTONES).setText(gone.reason()))));
        return text(atom);
    }

    private static SyndPerson town(Feed feed) {
        SyndPerson town = new SyndPersonImpl();
        town.setName(feed.town().fullName());
        town.setUri(feed.town().baseUrl().toString());
        return town;
    }

    private static com.rometools.rome.feed.atom.Entry entry(Feed.Entry entry) {
        var atom = new com.rometools.rome.feed.atom.Entry();
        atom.setId(entry.id());
        atom.setTitle(entry.title());
        atom.setPublished(Date.from(entry.published()));
        atom.setUpdated(Date.from(entry.updated()));
        atom.setAlternateLinks(List.of(link("alternate", "text/html", entry.url())));
        if (entry.picture() != null) {
            Link enclosure = link(
                    "enclosure", entry.picture().mediaType(), entry.picture().url());
            enclosure.setLength(entry.picture().bytes());
            enclosure.setTitle(entry.picture().alternative());
            atom.setOtherLinks(List.of(enclosure));
        }
        Content summary = new Content();
        summary.setType("text");
        summary.setValue(entry.summary());
        atom.setSummary(summary);
        Content html = new Content();
        html.setType("html");
        html.setValue(entry.html());
        atom.setContents(List.of(html));
        atom.setCategories(entry.categories().stream().map(RssAndAtom::category).toList());
        return atom;
    }

    private static Category category(String name) {
        Category category = new Category();
        category.setTerm(name);
        return category;
    }

    private static Link link(String rel, String type, String href) {
        Link link = new Link();
        link.setRel(rel);
        link.setType(type);
        link.setHref(href);
        return link;
    }

    private static String rfc3339(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static String text(com.rometools.rome.feed.WireFeed feed) {
        try {
            return new WireFeedOutput().outputString(feed, false);
        } catch (FeedException e) {
            throw new IllegalStateException("A feed of cleaned texts is always valid", e);
        }
    }
}
