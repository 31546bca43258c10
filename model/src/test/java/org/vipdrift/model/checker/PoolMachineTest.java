package org.vipdrift.model.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.keepalived.KeepalivedParser;

class PoolMachineTest {
  private VirtualServerSettings settings = read("");
  private PoolState state = PoolState.initial(settings);
  private final Map<String, Integer> table = new LinkedHashMap<>();
  private final List<String> told = new ArrayList<>();

  /** Three real servers of weights 1, 2 and 3, each with a checker. */
  private static VirtualServerSettings read(String lines) {
    StringBuilder text =
        new StringBuilder(
            "virtual_server 10.0.0.1 80 {\nlvs_sched rr\nlvs_method DR\nprotocol TCP\n");
    text.append(lines).append('\n');
    for (int i = 1; i <= 3; i++) {
      text.append("real_server 10.0.0.1" + i + " 80 {\nweight " + i + "\nTCP_CHECK {\n}\n}\n");
    }
    return KeepalivedParser.parse("k.conf", text + "}\n")
        .configuration()
        .virtualServers()
        .getFirst();
  }

  private void start(String lines) {
    settings = read(lines);
    state = PoolState.initial(settings);
    on(new PoolEvent.Started());
  }

  private void on(PoolEvent event) {
    perform(PoolMachine.on(settings, state, event));
  }

  private void perform(PoolMachine.Transition transition) {
    state = transition.next();
    for (PoolEffect effect : transition.effects()) {
      switch (effect) {
        case PoolEffect.PutDestination(var d) -> table.put(d.address().toString(), d.weight());
        case PoolEffect.RemoveDestination(var key) -> table.remove(key.address().toString());
        case PoolEffect.RemoveServices _ -> table.clear();
        case PoolEffect.ReportServer(var server, boolean up, _) ->
            told.add(server.label() + (up ? " up" : " down"));
        case PoolEffect.RunScript(List<String> words) -> told.add(words.getFirst());
        case PoolEffect.Log(String line) -> told.add(line);
        case PoolEffect.AddServices _, PoolEffect.EditServices _ -> {}
      }
    }
  }

  private void report(int server, boolean up) {
    on(new PoolEvent.CheckerReported(server, 0, up, "test"));
  }

  @Test
  void everyServerIsInTheTableFromTheStart() {
    start("");

    assertThat(table).hasToString("{10.0.0.11=1, 10.0.0.12=2, 10.0.0.13=3}");
  }

  @Test
  void alphaServersComeWithTheirFirstSuccess() {
    start("alpha");
    assertThat(table).isEmpty();
    report(1, true);
    assertThat(table).hasToString("{10.0.0.12=2}");
    assertThat(told)
        .contains("Adding service [10.0.0.12]:tcp:80 to VS [10.0.0.1]:tcp:80", "10.0.0.12:80 up");
  }

  @Test
  void aDeadServerLeavesAndOneThatInhibitsStaysWithWeightZero() {
    start("");
    report(0, false);
    assertThat(table).doesNotContainKey("10.0.0.11");

    table.clear();
    start("inhibit_on_failure");
    report(0, false);
    assertThat(table).containsEntry("10.0.0.11", 0);
    report(0, true);
    assertThat(table).containsEntry("10.0.0.11", 1);
  }

  @Test
  void theSorryServerReplacesAllWhenTheQuorumIsLostAndGoesWhenItIsGained() {
    start("quorum 4\nhysteresis 1\nsorry_server 10.0.0.99 80\nquorum_up /up\nquorum_down /down");
    report(2, false);
    assertThat(table).as("3 is not below 4 - 1").hasSize(2);
    report(0, false);
    assertThat(table).hasToString("{10.0.0.99=1}");
    assertThat(told).contains("/down", "Lost quorum 4-1=3 > 2 for VS [10.0.0.1]:tcp:80");
    report(0, true);
    assertThat(table).as("3 is not 4 + 1").hasToString("{10.0.0.99=1}");
    report(2, true);
    assertThat(table).hasSize(3).doesNotContainKey("10.0.0.99");
    assertThat(told).contains("/up", "Gained quorum 4+1=5 <= 6 for VS [10.0.0.1]:tcp:80");
  }

  @Test
  void aWeightThatIsSetCountsForTheQuorum() {
    start("quorum 4");
    on(new PoolEvent.WeightSet(2, 0));
    assertThat(table).containsEntry("10.0.0.13", 0);
    assertThat(state.hasQuorum()).isFalse();
  }

  @Test
  void omegaRunsTheScriptsOfTheEnd() {
    start("omega\nquorum_down /down");
    on(new PoolEvent.Stopped());

    assertThat(table).isEmpty();
    assertThat(told).contains("/down");
  }

  @Test
  void aReloadKeepsWhoIsDownAndTouchesOnlyWhatChanged() {
    start("");
    report(0, false);
    VirtualServerSettings next = read("sorry_server 10.0.0.99 80");
    perform(PoolMachine.reconfigure(settings, state, next));

    assertThat(table).hasToString("{10.0.0.12=2, 10.0.0.13=3}");
    assertThat(state.members())
        .extracting(PoolState.Member::alive)
        .containsExactly(false, true, true);
  }

  /** Whatever happens, the table holds the living, or the sorry server alone. */
  @Property(tries = 200)
  void theTableHoldsTheLivingOrTheSorryServerAlone(
      @ForAll @Size(max = 30) List<@IntRange(max = 5) Integer> reports,
      @ForAll @IntRange(min = 1, max = 6) int quorum) {
    table.clear();
    start("quorum " + quorum + "\nsorry_server 10.0.0.99 80");
    boolean[] alive = {true, true, true};
    for (int report : reports) {
      alive[report % 3] = report < 3;
      report(report % 3, report < 3);
      long weight = 0;
      Map<String, Integer> living = new LinkedHashMap<>();
      for (int i = 0; i < 3; i++) {
        if (alive[i]) {
          weight += i + 1;
          living.put("10.0.0.1" + (i + 1), i + 1);
        }
      }
      assertThat(table)
          .isEqualTo(
              weight >= quorum ? living : java.util.Collections.singletonMap("10.0.0.99", 1));
    }
  }
}
