package fr.tambour.ui;

import org.eclipse.jetty.io.Connection;

/** A connection on which nothing is asked for any more. Whoever took it over sees to it that it ends. */
public interface TakenOver extends Connection {}
