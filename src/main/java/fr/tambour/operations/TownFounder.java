package fr.tambour.operations;

import fr.tambour.people.Invitations;
import fr.tambour.town.Town;
import fr.tambour.town.TownType;
import java.net.URI;

/** Adds a town by an operator's command. The desk, which composes all that a town begins with, implements it. */
public interface TownFounder {

    /**
     * Makes a town from its entry in the directory, with the usual themes, districts and approval policy, and invites
     * its first administrator, who sets the rest right.
     *
     * @param code INSEE code, or an EPCI's SIREN
     * @param baseUrl scheme, host and port of its public links
     * @param email the first administrator's
     * @throws fr.tambour.ui.Refusal if one of these will not do; nothing was made then
     */
    Founded found(TownType type, String code, URI baseUrl, String email);

    /** @param link opens once, for the first administrator */
    record Founded(Town town, Invitations.Link link) {}
}
