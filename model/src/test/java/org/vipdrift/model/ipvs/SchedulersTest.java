package org.vipdrift.model.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;

/** Each scheduler against its rule, stated a second time and without cleverness. */
class SchedulersTest {
  /** The kernel puts a new real server at the head: number n comes before number 1. */
  private static List<Integer> listOrder(List<Integer> weights) {
    List<Integer> numbers =
        new ArrayList<>(IntStream.rangeClosed(1, weights.size()).boxed().toList());
    Collections.reverse(numbers);
    return numbers;
  }

  @Property(tries = 200)
  void roundRobinGoesRoundAllThatWeighAnything(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 3) Integer> weights) {
    List<Integer> serving =
        listOrder(weights).stream().filter(n -> weights.get(n - 1) > 0).toList();
    Tables tables = Tables.of(SchedulingRule.RR).with(weights);

    for (int i = 0; i < 20; i++) {
      int expected = serving.isEmpty() ? 0 : serving.get(i % serving.size());
      assertThat(tables.connect()).isEqualTo(expected);
    }
  }

  /** The level goes down by the divisor; at each level all that weigh as much are served. */
  @Property(tries = 200)
  void weightedRoundRobinServesLevelByLevel(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 9) Integer> weights) {
    int divisor = weights.stream().reduce(0, WeightedRoundRobin::gcd);
    int most = Collections.max(weights);
    List<Integer> period = new ArrayList<>();
    for (int level = most; level > 0; level -= divisor) {
      for (int number : listOrder(weights)) {
        if (weights.get(number - 1) >= level) {
          period.add(number);
        }
      }
    }
    Tables tables = Tables.of(SchedulingRule.WRR).with(weights);
    List<Integer> served = new ArrayList<>();
    for (int i = 0; i < 3 * Math.max(1, period.size()); i++) {
      served.add(tables.connect());
    }

    if (most == 0) {
      assertThat(served).containsOnly(0);
    } else {
      List<Integer> doubled = new ArrayList<>(period);
      doubled.addAll(period);
      assertThat(served.subList(0, period.size())).isSubsetOf(doubled);
      assertThat(Collections.indexOfSubList(doubled, served.subList(0, period.size())))
          .as("%s in %s", served, period)
          .isNotNegative();
      assertThat(served.subList(0, period.size()))
          .isEqualTo(served.subList(period.size(), 2 * period.size()));
    }
  }

  @Test
  void weightedRoundRobinServesTheHeavyInBursts() {
    Tables tables = Tables.of(SchedulingRule.WRR).with(List.of(5, 1, 1));

    // The level is still 1, which it was while there was one real server only.
    assertThat(tables.sequence(10)).isEqualTo("3211111321");
  }

  /** The kernel's list is 1, 2, 3 when 3 was added first. */
  @Test
  void inTheOrderOfTheListTheBurstsOfFiveOneOneComeRound() {
    Tables tables = Tables.of(SchedulingRule.WRR);
    for (int number = 3; number >= 1; number--) {
      tables.director.addDestination(
          Tables.KEY,
          Destination.of(Tables.server(number), 80, ForwardingMethod.NAT, number == 1 ? 5 : 1));
    }

    assertThat(tables.sequence(3)).isEqualTo("123");
    assertThat(tables.sequence(4 + 7)).isEqualTo("1111" + "1231111");
    assertThat(tables.sequence(7)).isEqualTo("1231111");
  }

  private record Load(int weight, int active, int inactive) {}

  /** Opens and closes connections at random, and asks the rule each time. */
  private static void follows(SchedulingRule rule, List<Integer> weights, List<Integer> steps) {
    Tables tables = Tables.of(rule).with(weights);
    int port = 20_000;
    for (int step : steps) {
      List<Load> loads = new ArrayList<>();
      for (RealServer server : tables.director.realServers(Tables.KEY)) {
        loads.add(
            new Load(server.weight(), server.activeConnections(), server.inactiveConnections()));
      }
      int expected = expected(rule, loads);
      int number = Tables.number(tables.send(Tables.client(1), ++port, PacketKind.SYN));
      assertThat(number)
          .as("%s %s", rule, loads)
          .isEqualTo(expected < 0 ? 0 : weights.size() - expected);
      if (step == 0 && number > 0) {
        tables.send(Tables.client(1), port, PacketKind.RST);
        tables.reply(number, Tables.client(1), port, PacketKind.RST);
      }
    }
  }

  /** The index of who is better than all before it and not beaten by any after it. */
  private static int expected(SchedulingRule rule, List<Load> loads) {
    for (int i = 0; i < loads.size(); i++) {
      boolean idle = rule == SchedulingRule.NQ && loads.get(i).active() == 0;
      if (idle && loads.get(i).weight() > 0) {
        return i;
      }
    }
    int best = -1;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < loads.size(); i++) {
      Load load = loads.get(i);
      double cost =
          switch (rule) {
            case LC -> load.active() * 256 + load.inactive();
            case WLC -> (load.active() * 256 + load.inactive()) / (double) load.weight();
            default -> (load.active() + 1) / (double) load.weight();
          };
      if (load.weight() > 0 && cost < least) {
        best = i;
        least = cost;
      }
    }
    return best;
  }

  @Property(tries = 100)
  void leastConnectionsCountsActiveOnesFirst(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 4) Integer> weights,
      @ForAll @Size(max = 40) List<@IntRange(max = 2) Integer> steps) {
    follows(SchedulingRule.LC, weights, steps);
    follows(SchedulingRule.WLC, weights, steps);
  }

  @Property(tries = 100)
  void shortestExpectedDelayCountsTheNewConnectionToo(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 4) Integer> weights,
      @ForAll @Size(max = 40) List<@IntRange(max = 2) Integer> steps) {
    follows(SchedulingRule.SED, weights, steps);
    follows(SchedulingRule.NQ, weights, steps);
  }

  @Property(tries = 100)
  void sourceHashingFillsBucketsByWeight(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 4) Integer> weights,
      @ForAll @Size(max = 40) List<@IntRange(max = 65_535) Integer> clients) {
    List<Integer> turn = new ArrayList<>();
    for (int number : listOrder(weights)) {
      turn.addAll(Collections.nCopies(Math.max(1, weights.get(number - 1)), number));
    }
    Tables tables = Tables.of(SchedulingRule.SH).with(weights);

    for (int client : clients) {
      long address = 0xc0a80000L + client;
      int bucket = (int) (address * 2_654_435_761L & 255);
      int number = turn.get(bucket % turn.size());
      assertThat(tables.connect(Tables.client(client)))
          .isEqualTo(weights.get(number - 1) == 0 ? 0 : number);
    }
  }

  @Nested
  class SourceHashing {
    @Test
    void aBucketOfADeadServerDropsWithoutTheFallback() {
      Tables tables = Tables.of(SchedulingRule.SH).with(List.of(1, 1));
      int first = tables.connect(Tables.client(7));
      tables.weigh(first, 0);

      assertThat(tables.send(Tables.client(7), 9, PacketKind.SYN)).isEqualTo(Decision.REFUSE);
    }

    @Test
    void withTheFallbackAnotherTakesIt() {
      Tables tables =
          new Tables(
                  DirectorSettings.DEFAULT,
                  VirtualService.of(Tables.KEY, SchedulingRule.SH).withFallback())
              .with(List.of(1, 1));
      int first = tables.connect(Tables.client(7));
      tables.weigh(first, 0);

      assertThat(tables.connect(Tables.client(7))).isEqualTo(3 - first);
    }

    @Test
    void newerKernelsUseTheHighBitsOfTheProduct() {
      Tables tables =
          new Tables(
                  DirectorSettings.DEFAULT.withAddressHash(DirectorSettings.AddressHash.HIGH_BITS),
                  VirtualService.of(Tables.KEY, SchedulingRule.SH))
              .with(List.of(1, 1, 1, 1));

      for (int i = 0; i < 50; i++) {
        int key = (0xc0a80000 + i) * 0x61c88647 >>> 24;
        assertThat(tables.connect(Tables.client(i))).isEqualTo(4 - key % 4);
      }
    }
  }

  @Property(tries = 50)
  void destinationHashingSharesTheBucketsWithoutWeights(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 4) Integer> weights) {
    int bucket = (int) ((((IpAddress.V4) Tables.VIP).bits() & 0xffff_ffffL) * 2_654_435_761L & 255);
    Tables tables = Tables.of(SchedulingRule.DH).with(weights);

    assertThat(tables.connect()).isEqualTo(weights.size() - bucket % weights.size());
  }

  /** Maglev as its authors state it: everyone takes the next free place of his permutation. */
  @Property(tries = 20)
  void maglevFillsItsTableByThePermutations(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 3) Integer> weights) {
    List<Integer> order = listOrder(weights);
    int divisor = weights.stream().reduce(0, WeightedRoundRobin::gcd);
    int[] table = new int[MaglevHashing.PLACES];
    int filled = 0;
    long[] tried = new long[weights.size() + 1];
    while (divisor > 0 && filled < table.length) {
      for (int number : order) {
        for (int i = 0; i < weights.get(number - 1) / divisor && filled < table.length; i++) {
          filled += take(table, number, tried) ? 1 : 0;
        }
      }
    }
    Tables tables = Tables.of(SchedulingRule.MH).with(weights);

    for (int client = 0; client < 100; client++) {
      int place = hash(0xc0a80000 + client, 2_654_435_761L, table.length);
      assertThat(tables.connect(Tables.client(client))).isEqualTo(table[place]);
    }
  }

  private static boolean take(int[] table, int number, long[] tried) {
    int address = 0x0a000100 + number + 80;
    long offset = hash(address, 2_654_435_761L, table.length);
    long skip = hash(address, 2_654_446_892L, table.length - 1) + 1;
    while (true) {
      int place = (int) ((offset + tried[number] * skip) % table.length);
      if (table[place] == 0) {
        table[place] = number;
        return true;
      }
      tried[number]++;
    }
  }

  private static int hash(int value, long key, int modulus) {
    return (int) ((MaglevHashing.sipHash13(value, key) & 0xffff_ffffL) % modulus);
  }

  @Test
  void maglevMovesFewClientsWhenAServerGoes() {
    Tables tables = Tables.of(SchedulingRule.MH).with(List.of(1, 1, 1, 1));
    List<Integer> before =
        IntStream.range(0, 1000).mapToObj(c -> tables.connect(Tables.client(c))).toList();
    tables.director.removeDestination(Tables.KEY, new DestinationKey(Tables.server(2), 80));
    List<Integer> after =
        IntStream.range(0, 1000).mapToObj(c -> tables.connect(Tables.client(c))).toList();

    long moved =
        IntStream.range(0, 1000)
            .filter(c -> before.get(c) != 2 && !before.get(c).equals(after.get(c)))
            .count();
    assertThat(moved).isLessThan(60);
    assertThat(after).doesNotContain(2).contains(1, 3, 4);
  }

  @Test
  void failoverGoesToTheHeaviestAndOverflowWhenThatIsFull() {
    Tables failover = Tables.of(SchedulingRule.FO).with(List.of(1, 3, 2));
    Tables overflow = Tables.of(SchedulingRule.OVF).with(List.of(1, 3, 2));

    assertThat(failover.sequence(6)).isEqualTo("222222");
    assertThat(overflow.sequence(8)).isEqualTo("22223331");
  }

  @Test
  void anOverloadedServerIsLeftOutUntilItHasRoomAgain() {
    Tables tables = Tables.of(SchedulingRule.RR).with(List.of(1));
    tables.director.addDestination(
        Tables.KEY, new Destination(Tables.server(2), 80, ForwardingMethod.NAT, 1, 2, 0));

    assertThat(tables.sequence(6)).isEqualTo("212111");
  }
}
