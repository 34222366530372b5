package fr.tambour.dispatch;

/**
 * Changes what is shown, and reads it from the published notices when asked: with the publishing transaction's commit it
 * is out, and nothing is left to send.
 */
public non-sealed interface ShownChannel extends Channel {}
