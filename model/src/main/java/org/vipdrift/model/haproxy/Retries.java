package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.RetryCondition;

/** The attempts of a stream after its first: whether there is one more, where it goes, and when. */
final class Retries {
  private static final long LONGEST_TURN_AROUND = Duration.ofSeconds(1).toNanos();

  private final Stream stream;
  private int count;

  /** One of them went to another server than the attempt before. */
  boolean redispatched;

  Retries(Stream stream) {
    this.stream = stream;
  }

  /** How many there have been. */
  int count() {
    return count;
  }

  /** Counts one more, if there may be one after this. */
  boolean again(RetryCondition condition) {
    Backend at = stream.requireBackend();
    if (count >= at.settings.retries() || !at.settings.retryOn().contains(condition)) {
      return false;
    }
    count++;
    return true;
  }

  /** Whether the present one goes to another server. */
  boolean redispatch() {
    Backend at = stream.requireBackend();
    Server server = stream.server;
    Optional<Integer> every = at.proxy.options().redispatch();
    if (every.isEmpty() || stream.forcePersist || server == null) {
      return false;
    }
    int n = every.get();
    int step = n > 0 ? n : at.settings.retries() + 1 + n;
    OperationalState operational = server.load().snapshot().state();
    boolean notRunning =
        operational == OperationalState.STOPPED || operational == OperationalState.STARTING;
    return notRunning
        || n != 0 && step > 0 && count % step == 0
        || !stream.direct && at.balanced.usableActive() > 1 && anyServerWillDo(at);
  }

  /** Whether one server is as good as another: all algorithms but those that hash. */
  private static boolean anyServerWillDo(Backend at) {
    return switch (at.settings.balance()) {
      case Balance.RoundRobin _,
          Balance.StaticRoundRobin _,
          Balance.LeastConnections _,
          Balance.First _,
          Balance.Random _ ->
          true;
      case Balance.Source _,
          Balance.Uri _,
          Balance.UrlParameter _,
          Balance.Header _,
          Balance.RdpCookie _,
          Balance.Hash _ ->
          false;
    };
  }

  /** How long the server that has just failed is left alone: a second, or a shorter timeout. */
  long turnAroundNanos() {
    return Math.min(
        LONGEST_TURN_AROUND,
        stream
            .requireBackend()
            .proxy
            .timeouts()
            .connect()
            .map(Duration::toNanos)
            .orElse(Long.MAX_VALUE));
  }
}
