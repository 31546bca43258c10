package org.vipdrift.model.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.HashType;
import org.vipdrift.model.random.SplitRandom;

class BalancedBackendTest {
  private static final HashType CONSISTENT =
      new HashType(HashType.Method.CONSISTENT, HashType.Function.SDBM, true);

  @Test
  void roundRobinSharesByWeightInHaproxysOrder() {
    assertThat(sequence(new Balance.RoundRobin(), 7, 5, 1, 1)).isEqualTo("1112113");
    assertThat(sequence(new Balance.RoundRobin(), 6, 3, 2, 1)).isEqualTo("121312");
  }

  @Test
  void staticRoundRobinFollowsItsMap() {
    assertThat(sequence(new Balance.StaticRoundRobin(), 7, 5, 1, 1)).isEqualTo("1112113");
    assertThat(sequence(new Balance.StaticRoundRobin(), 6, 3, 2, 1)).isEqualTo("112123");
  }

  @Test
  void idleServersTakeTurnsWhateverTheirWeightUnderLeastConnections() {
    assertThat(sequence(new Balance.LeastConnections(), 6, 5, 1, 1)).isEqualTo("123123");
  }

  @Test
  void sourceAddressesGoWhereHaproxySendsThem() {
    BalancedBackend map = backend(BalanceSettings.of(new Balance.Source()), 1, 1, 1);
    BalancedBackend ring =
        backend(BalanceSettings.of(new Balance.Source()).withHashType(CONSISTENT), 1, 1, 1);
    StringBuilder ofMap = new StringBuilder();
    StringBuilder ofRing = new StringBuilder();
    for (int client = 1; client <= 16; client++) {
      RequestFacts facts = RequestFacts.ofSource(IpAddress.v4(127, 0, 0, client));
      ofMap.append(map.pick(facts, BalancedBackend.NONE) + 1);
      ofRing.append(ring.pick(facts, BalancedBackend.NONE) + 1);
    }
    assertThat(ofMap.toString()).isEqualTo("3123123123123123");
    assertThat(ofRing.toString()).isEqualTo("2131213113233311");
  }

  @Test
  void onlyTheFirstBackupServerStandsInUnlessAllAreAllowed() {
    List<BalancedServer> servers =
        List.of(
            BalancedServer.of("a", 1, 1),
            BalancedServer.of("b", 2, 1).asBackup(),
            BalancedServer.of("c", 3, 1).asBackup());
    BackendSnapshot down =
        BackendSnapshot.initial("b", servers)
            .with(0, ServerSnapshot.running(1).withState(OperationalState.STOPPED));
    BalanceSettings first = BalanceSettings.of(new Balance.RoundRobin());
    assertThat(sequence(new BalancedBackend(first, servers, down, SplitRandom.ofSeed(1)), 4))
        .isEqualTo("2222");
    assertThat(
            sequence(
                new BalancedBackend(first.withAllBackups(), servers, down, SplitRandom.ofSeed(1)),
                4))
        .isEqualTo("2323");
  }

  @Property(tries = 200)
  void everyTurnOfTheMapGivesEachServerItsWeight(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 20) Integer> weights) {
    int[] got = share(new Balance.StaticRoundRobin(), weights);
    for (int at = 0; at < got.length; at++) {
      assertThat(got[at]).isEqualTo(3 * weights.get(at));
    }
  }

  /** HAProxy's own order lets a server be one turn early or late at the end of a round. */
  @Property(tries = 200)
  void everyRoundGivesEachServerItsWeightButForOneTurn(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 20) Integer> weights) {
    int[] got = share(new Balance.RoundRobin(), weights);
    for (int at = 0; at < got.length; at++) {
      assertThat(got[at]).isBetween(3 * weights.get(at) - 1, 3 * weights.get(at) + 1);
    }
  }

  private static int[] share(Balance balance, List<Integer> weights) {
    int[] plain = weights.stream().mapToInt(Integer::intValue).toArray();
    int total = Arrays.stream(plain).sum();
    BalancedBackend backend = backend(BalanceSettings.of(balance), plain);
    int[] got = new int[plain.length];
    for (int request = 0; request < 3 * total; request++) {
      got[pick(backend)]++;
    }
    return got;
  }

  @Property(tries = 30)
  void aServerThatGoesMovesOnlyItsOwnKeysOnTheRing(
      @ForAll @IntRange(min = 3, max = 8) int count, @ForAll @IntRange(min = 0, max = 2) int gone) {
    int[] weights = new int[count];
    Arrays.fill(weights, 1);
    BalanceSettings settings = BalanceSettings.of(new Balance.Source()).withHashType(CONSISTENT);
    BalancedBackend backend = backend(settings, weights);
    List<Integer> before = owners(backend);
    List<BalancedServer> servers = servers(weights);
    backend.apply(
        BackendSnapshot.initial("b", servers)
            .with(gone, ServerSnapshot.running(1).inMaintenance()));
    List<Integer> after = owners(backend);
    for (int at = 0; at < before.size(); at++) {
      if (before.get(at) != gone) {
        assertThat(after.get(at)).isEqualTo(before.get(at));
      } else {
        assertThat(after.get(at)).isNotEqualTo(gone);
      }
    }
  }

  private static List<Integer> owners(BalancedBackend backend) {
    List<Integer> owners = new ArrayList<>();
    for (int client = 0; client < 250; client++) {
      owners.add(
          backend.pick(
              RequestFacts.ofSource(IpAddress.v4(10, 0, 7, client)), BalancedBackend.NONE));
    }
    return owners;
  }

  private static List<BalancedServer> servers(int... weights) {
    List<BalancedServer> servers = new ArrayList<>();
    for (int at = 0; at < weights.length; at++) {
      servers.add(BalancedServer.of("s" + at, at + 1, weights[at]));
    }
    return servers;
  }

  private static BalancedBackend backend(BalanceSettings settings, int... weights) {
    List<BalancedServer> servers = servers(weights);
    return new BalancedBackend(
        settings, servers, BackendSnapshot.initial("b", servers), SplitRandom.ofSeed(1));
  }

  private static int pick(BalancedBackend backend) {
    int picked =
        backend.pick(RequestFacts.ofSource(IpAddress.v4(10, 0, 0, 1)), BalancedBackend.NONE);
    backend.open(picked);
    backend.close(picked);
    return picked;
  }

  private static String sequence(Balance balance, int requests, int... weights) {
    return sequence(backend(BalanceSettings.of(balance), weights), requests);
  }

  private static String sequence(BalancedBackend backend, int requests) {
    StringBuilder text = new StringBuilder();
    for (int request = 0; request < requests; request++) {
      text.append(pick(backend) + 1);
    }
    return text.toString();
  }
}
