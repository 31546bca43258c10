package org.vipdrift.model.haproxy.settings;

import java.util.Optional;

/** {@code email-alert}: who is told when a server changes its state. */
public record EmailAlert(
    String mailers, String from, String to, Optional<String> hostname, int maximumLevel) {}
