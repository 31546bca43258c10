package org.vipdrift.netio.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;

class LibcTest {
  @Test
  void failureTellsWhatWasTriedAndWhy() {
    assertThatThrownBy(() -> Libc.open("/no/such/file", Constants.O_RDONLY))
        .isInstanceOfSatisfying(
            NativeException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
        .hasMessage("open /no/such/file: No such file or directory (errno 2)");
  }

  @Test
  void eventDescriptorWakesPoll() throws NativeException {
    int event = Libc.eventDescriptor();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 4);
      poll.set(JAVA_INT, 0, event);
      poll.set(JAVA_SHORT, 4, (short) Constants.POLLIN);
      MemorySegment atOnce = arena.allocate(16, 8);
      assertThat(Libc.poll(poll, 1, atOnce)).isZero();
      assertThat(Libc.write(event, arena.allocateFrom(JAVA_LONG, 1), 8)).isEqualTo(8);
      assertThat(Libc.poll(poll, 1, MemorySegment.NULL)).isEqualTo(1);
      assertThat(Libc.read(event, arena.allocate(JAVA_LONG), 8)).isEqualTo(8);
      assertThat(Libc.read(event, arena.allocate(JAVA_LONG), 8)).isEqualTo(-Errno.EAGAIN);
    } finally {
      Libc.close(event);
    }
  }

  @Test
  void datagramArrivesAtTheAddressTheSocketIsBoundTo() throws NativeException {
    int receiver = Libc.socket(Constants.AF_INET, Constants.SOCK_DGRAM, 0, "udp socket");
    try (Arena arena = Arena.ofConfined()) {
      IpAddress loopback = new IpAddress.V4(0x7f000001);
      Libc.bind(receiver, SocketAddress.of(arena, loopback, 0, 0), "bind");
      MemorySegment own = arena.allocate(SocketAddress.IPV4_OCTETS, 4);
      Libc.ownAddress(receiver, own, "getsockname");
      assertThat(SocketAddress.read(own)).isEqualTo(loopback);
      MemorySegment text = arena.allocateFrom("drift");
      assertThat(Libc.sendTo(receiver, text, 5, 0, own)).isEqualTo(5);
      MemorySegment into = arena.allocate(16);
      assertThat(Libc.read(receiver, into, 16)).isEqualTo(5);
      assertThat(into.getString(0)).isEqualTo("drift");
    } finally {
      Libc.close(receiver);
    }
  }

  @Test
  void loopbackHasAnIndexAndAnUnknownInterfaceNone() {
    assertThat(Libc.interfaceIndex("lo")).isPositive();
    assertThat(Libc.interfaceIndex("no-such-card")).isZero();
  }
}
