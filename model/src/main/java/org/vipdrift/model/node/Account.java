package org.vipdrift.model.node;

import java.util.Optional;

/**
 * Whom a program runs as.
 *
 * @param user name or number
 * @param group name or number; empty for the user's own
 */
public record Account(String user, Optional<String> group) {}
