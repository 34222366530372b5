package fr.tambour.notice.studio;

import org.jspecify.annotations.Nullable;

/**
 * What lies too far back for the reading page: the older steps of a notice, or its older versions.
 *
 * @param title the notice's
 * @param heading what the page is about
 * @param steps none on the page of versions
 * @param versions none on the page of steps
 * @param newest address of the first page; null on it
 */
public record PastPage(
        String ref,
        String title,
        String heading,
        Stretch<ReadingPage.Step> steps,
        Stretch<ReadingPage.Version> versions,
        @Nullable String newest) {}
