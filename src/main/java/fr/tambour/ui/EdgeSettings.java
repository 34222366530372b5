package fr.tambour.ui;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The door.
 *
 * @param connections how many connections there may be at once, a quarter of them from one address; more than
 *     TAMBOUR_LIVE_STREAMS, since each open page takes one; never more than the descriptors that the system grants, less a thousand
 */
@ConfigurationProperties("tambour")
public record EdgeSettings(@DefaultValue("20000") int connections) {}
