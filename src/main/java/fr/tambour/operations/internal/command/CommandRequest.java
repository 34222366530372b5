package fr.tambour.operations.internal.command;

import java.util.List;

/**
 * A command on its way to a running instance.
 *
 * @param arguments as typed after `tambour`
 * @param language BCP 47 tag of whoever typed it
 * @param secret what was typed for a command that asks for a secret; empty for others
 */
record CommandRequest(List<String> arguments, String language, String secret) {

    CommandRequest {
        arguments = List.copyOf(arguments);
    }
}
