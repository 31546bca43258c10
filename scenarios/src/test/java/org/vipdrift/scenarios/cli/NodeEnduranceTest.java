package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipdrift.netio.endurance.Endurance;
import org.vipdrift.netio.endurance.Result;

class NodeEnduranceTest {
  private static final Endurance.Plan PLAN =
      new Endurance.Plan(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Xmx64m",
              "--sun-misc-unsafe-memory-access=allow",
              "--add-opens=java.base/java.lang=ALL-UNNAMED",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName()),
          false,
          _ -> {});

  @BeforeEach
  void needsAMachineThatCan() {
    List<String> missing = Endurance.missing();
    assumeTrue(missing.isEmpty(), () -> "missing here: " + missing);
  }

  @Test
  void tenKillsAndRestartsLeaveOneHolderEachTimeAndNothingBehind() throws Exception {
    assertThat(Endurance.killAndRestart(PLAN, 10)).allMatch(Result::holds);
  }

  @Test
  void hundredInstancesBecomeMasterAndGiveAllAddressesBackAtSigterm() throws Exception {
    assertThat(Endurance.startAndStop(PLAN, 100)).allMatch(Result::holds);
  }
}
