package org.vipdrift.netio.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.RouteSocket;

class StaleAddressesTest {
  /** The same file was given to keepalived 2.2.7, which left the same addresses. */
  @Test
  void whatAnEarlierRunLeftIsRemovedWhereThePrefixLengthIsTheSame() throws NativeException {
    try (ScratchNamespace scratch = ScratchNamespace.open()) {
      scratch.connect("e0", scratch, "e1");
      for (String there :
          List.of("20.0.0.10/24", "20.0.0.100/32", "20.0.0.101/24", "20.0.0.102/32")) {
        scratch.ip("addr add " + there + " dev e0");
      }
      scratch.ip("addr add 20.0.0.104 peer 20.0.0.105 dev e0");
      scratch.ip("addr add 20.0.0.100/32 dev e1");
      NodeConfiguration configuration =
          new NodeConfiguration(
              List.of(
                  new NodeConfiguration.Instance(
                      VirtualRouterSettings.builder("V1", "e0", 51)
                          .virtualAddresses(
                              List.of(
                                  VirtualAddress.of("20.0.0.100"),
                                  VirtualAddress.of("20.0.0.101/24"),
                                  VirtualAddress.of("20.0.0.102/24"),
                                  VirtualAddress.of("20.0.0.104")))
                          .build(),
                      List.of(),
                      true,
                      NodeConfiguration.NotifyCommands.NONE)),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      try (RouteSocket socket = scratch.call(RouteSocket::open)) {
        assertThat(StaleAddresses.remove(socket, configuration))
            .containsExactlyInAnyOrder(
                removed("20.0.0.100", 32), removed("20.0.0.101", 24), removed("20.0.0.104", 32));
        assertThat(StaleAddresses.remove(socket, configuration)).isEmpty();
        assertThat(socket.addresses())
            .extracting(a -> a.prefix().toString())
            .contains("20.0.0.10/24", "20.0.0.102/32", "20.0.0.100/32");
      }
    }
  }

  private static StaleAddresses.Removed removed(String address, int length) {
    return new StaleAddresses.Removed("e0", new IpPrefix(IpAddress.of(address), length));
  }
}
