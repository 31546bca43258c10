package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event in every state: where it leads, and what holds whatever happens. */
class GridTest {
  private static final long AT = Router.millis(9000);

  private static List<VrrpEvent> events(VirtualRouterSettings settings) {
    List<VrrpEvent> events = new ArrayList<>();
    events.add(new VrrpEvent.Started(AT, Router.OWN, List.of(), false, 100));
    events.add(new VrrpEvent.Started(AT, Router.OWN, List.of("interface eth0"), false, 100));
    events.add(new VrrpEvent.FirstResultsArrived(AT));
    for (int priority : new int[] {0, 99, 100, 101, 255}) {
      events.add(
          new VrrpEvent.AdvertisementReceived(AT, settings.advertisement(priority), Router.HIGHER));
    }
    for (DropReason reason : DropReason.values()) {
      events.add(new VrrpEvent.AdvertisementDropped(AT, reason, Router.HIGHER));
    }
    events.add(new VrrpEvent.MasterDownTimerExpired(AT));
    events.add(new VrrpEvent.AdvertisementTimerExpired(AT));
    events.add(new VrrpEvent.GarpDelayTimerExpired(AT));
    events.add(new VrrpEvent.GarpRefreshTimerExpired(AT));
    events.add(new VrrpEvent.LowerPriorityGarpTimerExpired(AT));
    events.add(new VrrpEvent.PriorityChanged(AT, 42, "script chk"));
    events.add(new VrrpEvent.FaultRaised(AT, "interface eth0"));
    events.add(new VrrpEvent.FaultCleared(AT, "interface eth0"));
    for (GroupCommand command : GroupCommand.values()) {
      events.add(new VrrpEvent.GroupCommanded(AT, command));
    }
    events.add(new VrrpEvent.SourceAddressChanged(AT, Router.LOWER));
    events.add(new VrrpEvent.SettingsChanged(AT, settings, settings, 100));
    events.add(new VrrpEvent.ShutdownRequested(AT));
    events.add(new VrrpEvent.InstanceDeleted(AT));
    events.add(new VrrpEvent.ReloadBegan(AT));
    return events;
  }

  private static Router in(VrrpState state, VirtualRouterSettingsBuilder builder) {
    Router router = new Router(builder);
    return switch (state) {
      case INIT -> router;
      case BACKUP -> router.start();
      case MASTER ->
          router.settings.syncGroup().isEmpty()
              ? router.master()
              : router.start().on(new VrrpEvent.GroupCommanded(0, GroupCommand.BECOME_MASTER));
      case FAULT -> router.start().on(new VrrpEvent.FaultRaised(1, "interface eth0"));
    };
  }

  static Stream<Arguments> grid() {
    List<Arguments> cells = new ArrayList<>();
    for (boolean grouped : new boolean[] {false, true}) {
      for (VrrpState state : VrrpState.values()) {
        VirtualRouterSettingsBuilder builder = Router.settings(100);
        if (grouped) {
          builder.syncGroup("G1");
        }
        for (VrrpEvent event : events(builder.build())) {
          cells.add(Arguments.of(state, event, builder));
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("grid")
  void everyCellHoldsTheInvariants(
      VrrpState from, VrrpEvent event, VirtualRouterSettingsBuilder builder) {
    Router router = in(from, builder);
    assertThat(router.state()).isEqualTo(from);
    VrrpTransition transition = router.on(event).last;
    assertThat(transition.reason()).isNotBlank();
    List<VrrpEffect.ReportTransition> reports = new ArrayList<>();
    boolean holds = from == VrrpState.MASTER;
    for (VrrpEffect effect : transition.effects()) {
      switch (effect) {
        case VrrpEffect.ReportTransition report -> reports.add(report);
        case VrrpEffect.SetTimer(VrrpTimer _, long deadlineNanos) ->
            assertThat(deadlineNanos).isGreaterThanOrEqualTo(event.at());
        case VrrpEffect.AddVirtualAddresses _ -> holds = true;
        case VrrpEffect.RemoveVirtualAddresses(List<VirtualAddress> addresses) ->
            holds = holds && !addresses.equals(router.settings.installedAddresses());
        case VrrpEffect.TellSyncGroup _ -> assertThat(router.settings.syncGroup()).isPresent();
        case VrrpEffect.SendAdvertisement(int priority) ->
            assertThat(priority == 0 || router.state() == VrrpState.MASTER || holds).isTrue();
        case VrrpEffect.AnnounceAddresses(int repeat, List<VirtualAddress> _) ->
            assertThat(repeat).isPositive();
        case VrrpEffect.CancelTimer _,
            VrrpEffect.Log _,
            VrrpEffect.Notify _,
            VrrpEffect.AddRouting _,
            VrrpEffect.RemoveRouting _ -> {}
      }
    }
    assertThat(holds)
        .as("holds the addresses iff MASTER")
        .isEqualTo(router.state() == VrrpState.MASTER);
    if (router.state() == from) {
      assertThat(reports).isEmpty();
    } else {
      assertThat(reports).hasSize(1);
      assertThat(reports.getFirst().from()).isEqualTo(from);
      assertThat(reports.getFirst().to()).isEqualTo(router.state());
    }
    boolean listens = router.state.masterDownDeadlineNanos() != VrrpRouterState.NEVER;
    assertThat(listens).isEqualTo(router.state() == VrrpState.BACKUP);
    boolean speaks = router.state.advertisementDeadlineNanos() != VrrpRouterState.NEVER;
    assertThat(speaks).isEqualTo(router.state() == VrrpState.MASTER);
  }

  @Test
  void statesLeadNowhereElse() {
    Map<VrrpState, Set<VrrpState>> reached = new EnumMap<>(VrrpState.class);
    grid()
        .forEach(
            cell -> {
              VrrpState from = (VrrpState) cell.get()[0];
              Router router = in(from, (VirtualRouterSettingsBuilder) cell.get()[2]);
              router.on((VrrpEvent) cell.get()[1]);
              reached
                  .computeIfAbsent(from, _ -> EnumSet.noneOf(VrrpState.class))
                  .add(router.state());
            });
    assertThat(reached)
        .containsExactly(
            Map.entry(
                VrrpState.INIT, EnumSet.of(VrrpState.INIT, VrrpState.BACKUP, VrrpState.FAULT)),
            Map.entry(VrrpState.BACKUP, EnumSet.allOf(VrrpState.class)),
            Map.entry(VrrpState.MASTER, EnumSet.allOf(VrrpState.class)),
            Map.entry(
                VrrpState.FAULT, EnumSet.of(VrrpState.INIT, VrrpState.BACKUP, VrrpState.FAULT)));
  }
}
