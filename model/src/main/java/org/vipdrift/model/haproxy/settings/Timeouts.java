package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.Optional;

/** The {@code timeout} lines of a proxy; an absent one is infinite, or as its own rule says. */
public record Timeouts(
    Optional<Duration> client,
    Optional<Duration> clientFin,
    Optional<Duration> server,
    Optional<Duration> serverFin,
    Optional<Duration> connect,
    Optional<Duration> queue,
    Optional<Duration> check,
    Optional<Duration> httpRequest,
    Optional<Duration> httpKeepAlive,
    Optional<Duration> tunnel,
    Optional<Duration> tarpit) {}
