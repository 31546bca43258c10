package org.vipdrift.model.checker;

import org.vipdrift.model.ipvs.Destination;

/**
 * Who answers when there is no quorum.
 *
 * @param name as keepalived writes it
 * @param inhibits whether it stays in the table with weight 0 while it is not needed
 */
public record SorryServerSettings(Destination destination, String name, boolean inhibits) {}
