package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecFuzzTest {
  @Test
  void mutatedAdvertsGiveAVerdictAndNeverAnException() {
    Map<DropReason, Long> verdicts = new EnumMap<>(DropReason.class);
    long accepted = CodecFuzz.run(20_000, 1, verdicts);
    assertThat(accepted + verdicts.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(20_000);
    assertThat(verdicts).containsKeys(DropReason.CHECKSUM, DropReason.TTL, DropReason.TOO_SHORT);
    assertThat(accepted).isPositive();
  }
}
