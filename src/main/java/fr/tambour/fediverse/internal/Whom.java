package fr.tambour.fediverse.internal;

import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.ServerName;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Those of whom nobody is told anything any more.
 *
 * @param servers their names, each for all that is below it
 * @param authors identifiers
 * @param addresses {@code alice@other.example}, in small letters
 */
record Whom(Set<String> servers, Set<String> authors, Set<String> addresses) {

    static Whom of(Collection<Blocked> blocked) {
        return new Whom(names(blocked, Scope.HOST), names(blocked, Scope.AUTHOR), names(blocked, Scope.ADDRESS));
    }

    private static Set<String> names(Collection<Blocked> blocked, Scope scope) {
        return blocked.stream()
                .filter(one -> one.scope() == scope)
                .map(Blocked::name)
                .collect(Collectors.toSet());
    }

    boolean isServer(String host) {
        return !servers.isEmpty()
                && ServerName.andAbove(ServerName.of(host)).stream().anyMatch(servers::contains);
    }

    /** Whether they are meant themselves, not only their server. */
    boolean isPerson(URI who) {
        return authors.contains(who.toString())
                || !addresses.isEmpty()
                        && address(who).filter(addresses::contains).isPresent();
    }

    /** Where those read who are meant themselves, by its name; of an address not always where they really do. */
    Set<String> serversOfPersons() {
        return Stream.concat(
                        authors.stream()
                                .map(author -> String.valueOf(URI.create(author).getRawAuthority())),
                        addresses.stream().map(address -> address.substring(address.lastIndexOf('@') + 1)))
                .map(ServerName::of)
                .collect(Collectors.toSet());
    }

    boolean is(URI who) {
        return isPerson(who) || isServer(String.valueOf(who.getRawAuthority()));
    }

    /**
     * What people call somebody who is known by this identifier, as far as it shows: {@code https://other.example/users/Alice} and
     * {@code https://other.example/@alice} are {@code alice@other.example} on all servers that have names in their identifiers.
     */
    static Optional<String> address(URI who) {
        String path = String.valueOf(who.getRawPath());
        String last = path.substring(path.lastIndexOf('/') + 1).replaceFirst("^@", "");
        return last.isEmpty() || who.getRawAuthority() == null
                ? Optional.empty()
                : Optional.of(last.toLowerCase(Locale.ROOT) + "@" + ServerName.of(who.getRawAuthority()));
    }
}
