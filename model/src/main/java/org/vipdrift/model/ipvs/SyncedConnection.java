package org.vipdrift.model.ipvs;

import java.time.Duration;

/**
 * A connection as the master's daemon tells its backups.
 *
 * @param timeout how long the backup keeps it, whole seconds
 */
public record SyncedConnection(
    ConnectionKey key,
    DestinationKey target,
    ForwardingMethod method,
    boolean template,
    TcpState state,
    int mark,
    Duration timeout) {}
