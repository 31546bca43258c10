package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.checker.Check;
import org.vipdrift.model.checker.CheckerSettings;
import org.vipdrift.model.frame.IpAddress;

/** A checker while its real and virtual server are still being read. */
final class CheckerDraft {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration DELAY_LOOP = Duration.ofSeconds(60);
  private static final Duration HTTP_RETRY_DELAY = Duration.ofSeconds(3);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final int DNS_RETRIES = 3;

  final CheckTimes times;
  Optional<Check> check = Optional.empty();
  Optional<IpAddress> connectAddress = Optional.empty();
  int connectPort;
  Optional<IpAddress> source = Optional.empty();
  boolean boundToInterface;
  int mark;
  boolean logsAllFailures;

  CheckerDraft(Values values) {
    this.times = new CheckTimes(values);
  }

  /**
   * @param inherited what the real server says
   * @param port of the real server, or else of the virtual one
   */
  CheckerSettings finish(
      Check made, CheckTimes inherited, IpAddress realServer, int port, boolean logsAll) {
    CheckTimes all = times.inherit(inherited);
    Duration loop = all.delayLoop.orElse(DELAY_LOOP);
    return new CheckerSettings(
        made,
        connectAddress.orElse(realServer),
        made instanceof Check.Ping ? 0 : connectPort > 0 ? connectPort : port,
        source,
        mark,
        all.connectTimeout.orElse(CONNECT_TIMEOUT),
        loop,
        (int) Math.min(Integer.MAX_VALUE, all.retries.orElse(retries(made))),
        all.retryDelay.orElse(retryDelay(made, loop)),
        all.warmUp.orElse(loop),
        all.alpha.orElse(false),
        logsAllFailures || logsAll);
  }

  private static int retries(Check check) {
    return switch (check) {
      case Check.Misc _ -> 0;
      case Check.Dns _ -> DNS_RETRIES;
      case Check.Tcp _, Check.Http _, Check.Ping _, Check.Udp _, Check.Smtp _ -> 1;
    };
  }

  private static Duration retryDelay(Check check, Duration loop) {
    return switch (check) {
      case Check.Dns _ -> loop;
      case Check.Http _ -> HTTP_RETRY_DELAY;
      case Check.Tcp _, Check.Misc _, Check.Ping _, Check.Udp _, Check.Smtp _ -> RETRY_DELAY;
    };
  }
}
