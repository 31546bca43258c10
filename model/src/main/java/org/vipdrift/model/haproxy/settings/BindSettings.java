package org.vipdrift.model.haproxy.settings;

import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/**
 * A {@code bind} line, one for each of its addresses.
 *
 * @param firstPort equal to lastPort unless a range is given; 0 for a Unix socket
 * @param maxconn 0 for unlimited
 * @param tls absent without {@code ssl}
 */
public record BindSettings(
    BindAddress address,
    int firstPort,
    int lastPort,
    Optional<String> name,
    int id,
    int maxconn,
    Optional<Integer> backlog,
    boolean acceptProxy,
    boolean transparent,
    boolean deferAccept,
    boolean v6Only,
    Optional<String> networkInterface,
    Optional<BindTls> tls,
    SourceSpan span) {}
