package org.vipdrift.netio.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

class NetworkNamespaceTest {
  @Test
  void callSeesTheInterfacesOfTheNamespaceAndTheCallerKeepsItsOwn() throws Exception {
    assumeTrue(Libc.userId() == 0, "needs root to make a namespace");
    Process holder = new ProcessBuilder("unshare", "-n", "sh", "-c", "echo; read _").start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('\n');
      List<String> own = interfaces();
      try (NetworkNamespace namespace = NetworkNamespace.ofProcess(holder.pid())) {
        assertThat(namespace.call(NetworkNamespaceTest::interfaces)).containsExactly("lo");
        assertThatThrownBy(
                () ->
                    namespace.call(
                        () -> {
                          throw new IOException("from inside");
                        }))
            .isInstanceOf(IOException.class)
            .hasMessage("from inside");
      }
      assertThat(interfaces()).isEqualTo(own);
    } finally {
      holder.getOutputStream().close();
      assertThat(holder.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void noProcessNoNamespace() {
    assertThatThrownBy(() -> NetworkNamespace.ofProcess(0x7ffffff0))
        .isInstanceOf(NativeException.class);
  }

  private static List<String> interfaces() throws IOException {
    try (Stream<String> names = Files.lines(Path.of("/proc/thread-self/net/dev"))) {
      return names
          .filter(l -> l.contains(":"))
          .map(l -> l.substring(0, l.indexOf(':')).strip())
          .toList();
    }
  }
}
