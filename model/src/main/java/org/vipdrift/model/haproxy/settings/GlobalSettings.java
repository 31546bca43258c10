package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The {@code global} section.
 *
 * @param maxconn {@code maxconn}; absent, HAProxy derives it from its file descriptor limit
 * @param maxConnectionRate {@code maxconnrate}, connections per second, 0 for unlimited
 * @param maxSessionRate {@code maxsessrate}, sessions per second, 0 for unlimited
 * @param spreadChecks {@code spread-checks}, percent, 0 to 50
 * @param maxSpreadChecks {@code max-spread-checks}
 * @param bufferSize {@code tune.bufsize}, octets
 * @param maxRewrite {@code tune.maxrewrite}, octets kept free for header changes
 * @param logSendHostname {@code log-send-hostname}: empty text stands for the host's own name
 * @param variables {@code set-var} and {@code set-var-fmt} in order, as rules
 * @param serverTls defaults of {@code ssl-default-server-options}
 */
public record GlobalSettings(
    Optional<Integer> maxconn,
    int maxConnectionRate,
    int maxSessionRate,
    boolean daemon,
    boolean masterWorker,
    Optional<String> user,
    Optional<String> group,
    Optional<String> chroot,
    Optional<String> pidFile,
    Optional<Integer> threads,
    Optional<String> node,
    Optional<String> description,
    List<StatsSocket> statsSockets,
    Duration statsTimeout,
    List<LogTarget> logTargets,
    Optional<String> logTag,
    Optional<String> logSendHostname,
    int spreadChecks,
    Optional<Duration> maxSpreadChecks,
    Optional<Duration> hardStopAfter,
    Optional<Duration> grace,
    int bufferSize,
    int maxRewrite,
    int maxHttpHeaders,
    boolean externalCheck,
    boolean insecureForkWanted,
    List<SharedAction> variables,
    TlsVersions bindTls,
    TlsVersions serverTls,
    boolean serverVerifyRequired,
    Optional<String> serverStateFile) {
  public GlobalSettings {
    statsSockets = List.copyOf(statsSockets);
    logTargets = List.copyOf(logTargets);
    variables = List.copyOf(variables);
  }
}
