package org.vipdrift.netio.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;

class ProcessSignalsTest {
  @Test
  void aSignalIsHandledThoughItWasIgnoredAtTheStart() throws InterruptedException {
    Libc.setDisposition(Constants.SIGHUP, Constants.SIG_IGN);
    CountDownLatch handled = new CountDownLatch(1);
    assertThat(ProcessSignals.handle("HUP", handled::countDown)).isTrue();
    Libc.kill((int) ProcessHandle.current().pid(), Constants.SIGHUP);
    assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatTheJvmKeepsForItselfIsRefused() {
    assertThat(ProcessSignals.handle("QUIT", () -> {})).isFalse();
  }
}
