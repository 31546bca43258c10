package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.GlobalSettings;
import org.vipdrift.model.haproxy.settings.LogTarget;
import org.vipdrift.model.haproxy.settings.SharedAction;
import org.vipdrift.model.haproxy.settings.StatsSocket;
import org.vipdrift.model.haproxy.settings.TlsVersions;

/** The global section while it is read. */
final class GlobalDraft {
  Optional<Integer> maxconn = Optional.empty();
  int maxConnectionRate;
  int maxSessionRate;
  boolean daemon;
  boolean masterWorker;
  Optional<String> user = Optional.empty();
  Optional<String> group = Optional.empty();
  Optional<String> chroot = Optional.empty();
  Optional<String> pidFile = Optional.empty();
  Optional<Integer> threads = Optional.empty();
  Optional<String> node = Optional.empty();
  Optional<String> description = Optional.empty();
  final List<StatsSocket> statsSockets = new ArrayList<>();
  Duration statsTimeout = Duration.ofSeconds(10);
  final List<LogTarget> logTargets = new ArrayList<>();
  Optional<String> logTag = Optional.empty();
  Optional<String> logSendHostname = Optional.empty();
  int spreadChecks;
  Optional<Duration> maxSpreadChecks = Optional.empty();
  Optional<Duration> hardStopAfter = Optional.empty();
  Optional<Duration> grace = Optional.empty();
  int bufferSize = 16_384;
  int maxRewrite = 1_024;
  int maxHttpHeaders = 101;
  boolean externalCheck;
  boolean insecureForkWanted;
  final List<SharedAction> variables = new ArrayList<>();
  TlsVersions bindTls = TlsVersions.DEFAULT;
  TlsVersions serverTls = TlsVersions.DEFAULT;
  boolean serverVerifyRequired = true;
  Optional<String> serverStateFile = Optional.empty();
  Optional<String> caBase = Optional.empty();
  Optional<String> crtBase = Optional.empty();
  Optional<String> localPeer = Optional.empty();
  boolean experimental;
  boolean zeroWarning;

  GlobalSettings finish() {
    return new GlobalSettings(
        maxconn,
        maxConnectionRate,
        maxSessionRate,
        daemon,
        masterWorker,
        user,
        group,
        chroot,
        pidFile,
        threads,
        node,
        description,
        statsSockets,
        statsTimeout,
        logTargets,
        logTag,
        logSendHostname,
        spreadChecks,
        maxSpreadChecks,
        hardStopAfter,
        grace,
        bufferSize,
        maxRewrite,
        maxHttpHeaders,
        externalCheck,
        insecureForkWanted,
        variables,
        bindTls,
        serverTls,
        serverVerifyRequired,
        serverStateFile);
  }
}
