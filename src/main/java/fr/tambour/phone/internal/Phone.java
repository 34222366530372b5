package fr.tambour.phone.internal;

import fr.tambour.dispatch.FannedOutChannel;

/**
 * One phone that asked to be told.
 *
 * @param origin its push service's host
 * @param language BCP 47: which words it gets
 */
public record Phone(long key, String origin, PushEndpoint endpoint, String language)
        implements FannedOutChannel.Recipient {}
