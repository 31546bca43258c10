package org.vipdrift.model.balance.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.random.SplitRandom;

class UpstreamBalancerTest {
  private static final IpAddress CLIENT = IpAddress.v4(10, 0, 0, 1);

  @Test
  void weightsAreSmoothedInNginxsOrder() {
    assertThat(sequence(upstream(5, 1, 1), 7)).isEqualTo("1121311");
    assertThat(sequence(upstream(3, 2, 1), 6)).isEqualTo("121321");
  }

  @Test
  void aServerThatFailedIsLeftOutForItsTimeout() {
    UpstreamBalancer upstream = upstream(1, 1);
    UpstreamAttempts attempts = upstream.begin(CLIENT, "");
    assertThat(upstream.next(attempts, 100)).isZero();
    upstream.done(attempts, true, 100);
    assertThat(attempts.remaining()).isEqualTo(1);
    assertThat(upstream.next(attempts, 100)).isEqualTo(1);
    upstream.done(attempts, false, 100);

    assertThat(sequence(upstream, 3, 105)).isEqualTo("222");
    assertThat(sequence(upstream, 4, 111)).contains("1");
  }

  @Test
  void backupServersAreUsedOnlyWhenNoOtherIsAvailable() {
    UpstreamBalancer upstream =
        new UpstreamBalancer(
            new UpstreamMethod.RoundRobin(),
            List.of(UpstreamServer.of("a", 1), UpstreamServer.of("b", 1).asBackup()),
            SplitRandom.ofSeed(1));
    UpstreamAttempts attempts = upstream.begin(CLIENT, "");
    assertThat(upstream.next(attempts, 100)).isZero();
    upstream.done(attempts, true, 100);
    assertThat(upstream.next(attempts, 100)).isEqualTo(1);
  }

  private static UpstreamBalancer upstream(int... weights) {
    List<UpstreamServer> servers =
        Arrays.stream(weights).mapToObj(w -> UpstreamServer.of("s" + w, w)).toList();
    return new UpstreamBalancer(new UpstreamMethod.RoundRobin(), servers, SplitRandom.ofSeed(1));
  }

  private static String sequence(UpstreamBalancer upstream, int requests) {
    return sequence(upstream, requests, 100);
  }

  private static String sequence(UpstreamBalancer upstream, int requests, long seconds) {
    StringBuilder text = new StringBuilder();
    for (int request = 0; request < requests; request++) {
      UpstreamAttempts attempts = upstream.begin(CLIENT, "");
      text.append(upstream.next(attempts, seconds) + 1);
      upstream.done(attempts, false, seconds);
    }
    return text.toString();
  }
}
