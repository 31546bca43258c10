package org.vipdrift.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.Tracking.TrackedStatus;

class TrackingTest {
  private static final TrackedStatus UP = new TrackedStatus.Working(true);
  private static final TrackedStatus DOWN = new TrackedStatus.Working(false);

  private static Tracked tracked(TrackedKind kind, String name, int weight) {
    return new Tracked(kind, name, weight, false);
  }

  private static Tracking of(Tracked... tracked) {
    return Tracking.of(100, List.of(tracked));
  }

  @Test
  void whatIsNotKnownYetCountsForNothing() {
    Tracking tracking =
        of(tracked(TrackedKind.SCRIPT, "s", -30), tracked(TrackedKind.INTERFACE, "eth1", 0));
    assertThat(tracking.effectivePriority().priority()).isEqualTo(100);
    assertThat(tracking.effectivePriority().faults()).isEmpty();
  }

  @Test
  void newsChangeThePriority() {
    Tracking tracking =
        of(tracked(TrackedKind.SCRIPT, "s", -30), tracked(TrackedKind.PROCESS, "nginx", 20))
            .with(TrackedKind.SCRIPT, "s", DOWN)
            .with(TrackedKind.PROCESS, "nginx", UP);
    assertThat(tracking.effectivePriority().priority()).isEqualTo(90);
  }

  @Test
  void aNumberInAFileIsMultipliedByItsWeight() {
    Tracking tracking =
        of(tracked(TrackedKind.FILE, "f", 3))
            .with(TrackedKind.FILE, "f", new TrackedStatus.Value(-7));
    assertThat(tracking.effectivePriority().priority()).isEqualTo(79);
  }

  @Test
  void withoutAWeightBeingDownIsAFaultThatSaysWhatIsDown() {
    Tracking tracking =
        of(tracked(TrackedKind.INTERFACE, "eth1", 0), tracked(TrackedKind.SCRIPT, "s", 0))
            .with(TrackedKind.SCRIPT, "s", DOWN)
            .with(TrackedKind.INTERFACE, "eth1", DOWN);
    assertThat(tracking.effectivePriority().faults()).containsExactly("interface eth1", "script s");
  }

  @Test
  void theSameNameOfAnotherKindIsAnotherThing() {
    Tracking tracking =
        of(tracked(TrackedKind.SCRIPT, "nginx", 0), tracked(TrackedKind.PROCESS, "nginx", 0))
            .with(TrackedKind.PROCESS, "nginx", DOWN);
    assertThat(tracking.effectivePriority().faults()).containsExactly("process nginx");
  }

  @Test
  void oneNameTrackedTwiceIsToldTwice() {
    Tracking tracking =
        of(tracked(TrackedKind.SCRIPT, "s", -10), tracked(TrackedKind.SCRIPT, "s", -20))
            .with(TrackedKind.SCRIPT, "s", DOWN);
    assertThat(tracking.effectivePriority().priority()).isEqualTo(70);
  }

  @Test
  void newsThatChangeNothingGiveTheSameObject() {
    Tracking known = of(tracked(TrackedKind.SCRIPT, "s", 0)).with(TrackedKind.SCRIPT, "s", UP);
    assertThat(known.with(TrackedKind.SCRIPT, "s", UP)).isSameAs(known);
    assertThat(known.with(TrackedKind.SCRIPT, "unknown", DOWN)).isSameAs(known);
  }

  @Test
  void onlyAScriptWithAWeightIsNotWaitedFor() {
    assertThat(of(tracked(TrackedKind.SCRIPT, "s", 5)).awaits(TrackedKind.SCRIPT)).isFalse();
    assertThat(of(tracked(TrackedKind.SCRIPT, "s", 0)).awaits(TrackedKind.SCRIPT)).isTrue();
    for (TrackedKind kind : List.of(TrackedKind.INTERFACE, TrackedKind.FILE, TrackedKind.PROCESS)) {
      assertThat(of(tracked(kind, "x", 5)).awaits(kind)).isTrue();
      assertThat(of(tracked(kind, "x", 0)).awaits(kind)).isTrue();
      assertThat(of(tracked(kind, "x", 0)).awaits(TrackedKind.SCRIPT)).isFalse();
    }
    assertThat(
            of(tracked(TrackedKind.SCRIPT, "s", 0))
                .with(TrackedKind.SCRIPT, "s", DOWN)
                .awaits(TrackedKind.SCRIPT))
        .isFalse();
  }
}
