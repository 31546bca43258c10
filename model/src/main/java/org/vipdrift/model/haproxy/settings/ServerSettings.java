package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/**
 * A server, with {@code default-server} applied and templates expanded.
 *
 * @param id as given or assigned, from 1
 * @param weight 0 to 256
 * @param cookie the value that names this server in the persistence cookie
 * @param maxconn 0 for unlimited
 * @param minconn 0: maxconn does not vary with the load
 * @param maxqueue 0 for unlimited
 * @param slowstart zero for none
 * @param track {@code backend/server} whose state this one follows
 * @param redirect {@code redir}: requests are answered with this prefix
 * @param sendProxy the PROXY protocol's version to begin with, 0 for none
 * @param tls absent without {@code ssl}
 */
public record ServerSettings(
    String name,
    int id,
    ServerAddress address,
    ServerPort port,
    int weight,
    boolean backup,
    boolean disabled,
    boolean nonStick,
    Optional<String> cookie,
    int maxconn,
    int minconn,
    int maxqueue,
    Duration slowstart,
    Optional<String> track,
    Optional<String> redirect,
    Optional<SourceAddress> source,
    int sendProxy,
    Optional<ServerTls> tls,
    ServerCheck check,
    Optional<AgentCheck> agent,
    PoolSettings pool,
    Resolution resolution,
    SourceSpan span) {}
