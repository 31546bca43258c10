package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * An auxiliary agent that tells a server's state.
 *
 * @param send text sent on connecting
 */
public record AgentCheck(
    Optional<ServerAddress> address, int port, Duration interval, Optional<String> send) {}
