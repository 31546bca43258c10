package org.vipdrift.model.haproxy.settings;

/** A header to write, its value evaluated when it is written. */
public record HeaderField(String name, LogFormat value) {}
