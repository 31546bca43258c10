package org.vipdrift.netio.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.trace.TraceDetail;

class SplitBrainAlarmTest {
  private static final MacAddress FOREIGN = MacAddress.parse("02:00:00:00:00:99").orElseThrow();

  private final List<SplitBrainAlarm.Report> reports = new ArrayList<>();
  private final SplitBrainAlarm alarm = new SplitBrainAlarm(Routers.one(), reports::add);

  private void at(long millis, TraceDetail detail) {
    alarm.accept(Routers.at(Duration.ofMillis(millis), detail));
  }

  @Nested
  class Adverts {
    @Test
    void aTakeoverIsNoAlarm() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      at(10, Routers.heard(90));
      at(1010, Routers.heard(90));
      assertThat(reports).isEmpty();
    }

    @Test
    void anotherMasterThatGoesOnIsOne() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      at(10, Routers.heard(90));
      at(1010, Routers.heard(90));
      at(2010, Routers.heard(90));
      at(3010, Routers.heard(90));
      assertThat(reports)
          .containsExactly(
              new SplitBrainAlarm.Raised(
                  "VI_1",
                  "(VI_1) SPLIT-BRAIN - 10.9.9.2 is master too (priority 90)",
                  Optional.of(Routers.RIVAL),
                  Duration.ofMillis(2010).toNanos() + 1));
    }

    @Test
    void refusedAdvertsCountToo() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      at(10, Routers.refused("password"));
      at(2010, Routers.refused("password"));
      assertThat(reports).singleElement().isInstanceOf(SplitBrainAlarm.Raised.class);
    }

    @Test
    void thoseOfAnotherRouterDoNot() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      at(10, Routers.refused("vrid"));
      at(5010, Routers.refused("vrid"));
      assertThat(reports).isEmpty();
    }

    @Test
    void aBackupHearsItsMasterInPeace() {
      at(0, Routers.becomes("INIT", "BACKUP"));
      at(10, Routers.heard(200));
      at(9010, Routers.heard(200));
      assertThat(reports).isEmpty();
    }

    @Test
    void itEndsWhenTheOtherFallsSilent() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      at(10, Routers.heard(90));
      at(2010, Routers.heard(90));
      at(6500, Routers.sent(100));
      assertThat(reports)
          .last()
          .isEqualTo(
              new SplitBrainAlarm.Ended(
                  "VI_1", Duration.ofMillis(4490), Duration.ofMillis(6500).toNanos() + 1));
    }

    @Test
    void itEndsWhenThisNodeYields() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      at(10, Routers.heard(90));
      at(2010, Routers.heard(90));
      at(2500, Routers.becomes("MASTER", "BACKUP"));
      assertThat(reports).last().isInstanceOf(SplitBrainAlarm.Ended.class);
    }
  }

  @Nested
  class Claims {
    private void claim(long millis) {
      alarm.addressClaimed("eth0", Routers.VIP, FOREIGN, Duration.ofMillis(millis).toNanos());
    }

    @Test
    void theOldMastersLastAnswerIsNoAlarm() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      claim(100);
      at(9000, Routers.sent(100));
      assertThat(reports).isEmpty();
    }

    @Test
    void theNewMastersFirstAnnouncementIsNoAlarm() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      claim(5000);
      at(5100, Routers.becomes("MASTER", "BACKUP"));
      at(9000, Routers.heard(200));
      assertThat(reports).isEmpty();
    }

    @Test
    void aStrangerWithOurAddressIsOne() {
      at(0, Routers.becomes("BACKUP", "MASTER"));
      claim(5000);
      at(7100, Routers.sent(100));
      assertThat(reports)
          .singleElement()
          .isInstanceOfSatisfying(
              SplitBrainAlarm.Raised.class,
              raised ->
                  assertThat(raised.text())
                      .isEqualTo(
                          "(VI_1) SPLIT-BRAIN - 02:00:00:00:00:99 claims 10.9.9.100 on eth0"));
    }
  }
}
