package fr.tambour.fediverse.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How what is published arrives at other servers.
 *
 * @param sum of those that take it, those that fail and those that are set aside, in one sentence
 * @param aside whether those that are set aside are shown, else those that fail
 * @param newer path of the page before, or null
 */
public record ServersPage(
        String sum,
        List<Tab> tabs,
        boolean aside,
        List<Line> servers,
        @Nullable String newer,
        @Nullable String older) {

    public record Tab(String label, String href, boolean chosen) {}

    /**
     * @param followers as many as may be shown: « 1 204 », « moins de dix »
     * @param since when it fails, or when it was set aside
     * @param reason in plain words
     */
    public record Line(String host, String followers, String since, String reason) {}
}
