package fr.tambour.storage.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * For how long one side of a connection to PostgreSQL may say nothing while the other waits for it; then the connection is given
 * up. A machine that vanishes says nothing at all, and the system goes on sending to it for a quarter of an hour.
 *
 * @param reading for how long the server may, in a transaction that only reads: what open pages wait for is read so, an alert
 *     above all
 * @param writing in all others: longer than the longest sweep takes over a million rows
 * @param withClients for how long this node may
 */
record Patience(Duration reading, Duration writing, WithClients withClients) {

    static final Patience USUAL = new Patience(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            new WithClients(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(3), 3));

    /**
     * What the server is asked to put up with, so that what a node holds is free soon after its machine is gone, whether the
     * line is dead or the machine frozen.
     *
     * @param amid a transaction nothing may be asked for so long: as long as a page of a dispatch is one's own. Whoever only reads
     *     for longer, or restores, says so
     * @param idle on a line on which nothing has come for so long the machine is asked whether it is there
     * @param between one such question and the next
     * @param probes after so many without an answer it is gone
     */
    record WithClients(Duration amid, Duration idle, Duration between, int probes) {

        /**
         * To be said on each new connection, not as it is made: poolers refuse what they do not know then.
         *
         * @param options of the URL (libpq's `options`): what they name is the operator's choice
         */
        String statements(String options) {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("idle_in_transaction_session_timeout", amid.toMillis() + "ms");
            settings.put("tcp_keepalives_idle", Long.toString(idle.toSeconds()));
            settings.put("tcp_keepalives_interval", Long.toString(between.toSeconds()));
            settings.put("tcp_keepalives_count", Integer.toString(probes));
            settings.put(
                    "tcp_user_timeout", idle.plus(between.multipliedBy(probes)).toMillis() + "ms");
            return settings.entrySet().stream()
                    .filter(setting -> !options.contains(setting.getKey()))
                    .map(setting -> "SET " + setting.getKey() + " = '" + setting.getValue() + "'")
                    .collect(Collectors.joining("; "));
        }
    }
}
