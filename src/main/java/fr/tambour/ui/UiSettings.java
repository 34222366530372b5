package fr.tambour.ui;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pages are made.
 *
 * @param development true shows edits to templates and stylesheets on the next request, from the source folder; slower, and for developers only
 */
@ConfigurationProperties("tambour.pages")
public record UiSettings(@DefaultValue("false") boolean development) {}
