package org.vipdrift.model.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MacTableTest {
  private static final long AGEING = 1000;

  private final MacTable table = new MacTable(AGEING);

  @Test
  void manyAddressesAreAllFound() {
    for (int mac = 0; mac < MacTable.MAXIMUM_ENTRIES; mac++) {
      table.learn(0x0200_0000_0000L + mac * 256L, mac % 48, 0);
    }
    for (int mac = 0; mac < MacTable.MAXIMUM_ENTRIES; mac++) {
      assertThat(table.portOf(0x0200_0000_0000L + mac * 256L, 1)).isEqualTo(mac % 48);
    }
  }

  @Test
  void fullTableLearnsNothingNewUntilOldEntriesExpire() {
    for (int mac = 0; mac < MacTable.MAXIMUM_ENTRIES; mac++) {
      table.learn(mac, 1, 0);
    }
    long newcomer = 1L << 40;
    table.learn(newcomer, 2, 500);
    assertThat(table.portOf(newcomer, 500)).isEqualTo(MacTable.UNKNOWN);
    assertThat(table.portOf(7, 500)).isEqualTo(1);
    table.learn(newcomer, 2, AGEING + 1);
    assertThat(table.portOf(newcomer, AGEING + 1)).isEqualTo(2);
  }

  @Test
  void flushForgetsOnePortAndKeepsAges() {
    table.learn(1, 1, 0);
    table.learn(2, 2, 0);
    table.flush(1, 500);
    assertThat(table.portOf(1, 500)).isEqualTo(MacTable.UNKNOWN);
    assertThat(table.portOf(2, AGEING)).isEqualTo(2);
    assertThat(table.portOf(2, AGEING + 1)).isEqualTo(MacTable.UNKNOWN);
  }
}
