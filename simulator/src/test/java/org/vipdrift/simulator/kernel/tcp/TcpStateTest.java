package org.vipdrift.simulator.kernel.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TcpStateTest {
  @Test
  void whoFinishesFirstGoesThroughFinWait() {
    TcpState finished = TcpState.ESTABLISHED.afterFinish();

    assertThat(finished).isEqualTo(TcpState.FIN_WAIT_1);
    assertThat(finished.afterFin()).isEqualTo(TcpState.CLOSING);
  }

  @Test
  void whoFinishesSecondGoesThroughCloseWait() {
    TcpState heard = TcpState.ESTABLISHED.afterFin();

    assertThat(heard).isEqualTo(TcpState.CLOSE_WAIT);
    assertThat(heard.afterFinish()).isEqualTo(TcpState.LAST_ACK);
  }

  @ParameterizedTest
  @EnumSource
  void nobodySendsDataAfterFin(TcpState state) {
    TcpState finished = state.afterFinish();

    assertThat(finished.takesData())
        .isEqualTo(finished == TcpState.SYN_SENT || finished == TcpState.SYN_RECEIVED);
  }

  @ParameterizedTest
  @EnumSource
  void finIsSentAndHeardOnce(TcpState state) {
    assertThat(state.afterFinish().afterFinish()).isEqualTo(state.afterFinish());
    assertThat(state.afterFin().afterFin()).isEqualTo(state.afterFin());
  }
}
