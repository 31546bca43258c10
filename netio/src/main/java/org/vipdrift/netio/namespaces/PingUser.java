package org.vipdrift.netio.namespaces;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.vipdrift.model.frame.InternetChecksum;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.trace.TraceDetail.Ping;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.SocketAddress;

/** A client that sends echo requests from its own network. */
final class PingUser {
  private static final int SO_RCVTIMEO = 20;

  /** How long the end of a run may wait for the receiving thread. */
  private static final long RECEIVE_MICROSECONDS = 200_000;

  private static final int IDENTIFIER = 0x7664;
  private static final int ECHO_OCTETS = 64;
  private static final int ECHO_V4 = 8;
  private static final int REPLY_V4 = 0;
  private static final int UNREACHABLE_V4 = 3;
  private static final int ECHO_V6 = 128;
  private static final int REPLY_V6 = 129;
  private static final int UNREACHABLE_V6 = 1;
  private static final int IPV6_HEADER = 40;

  private final Client client;
  private final IpAddress target;
  private final boolean ipv4;
  private final TraceRecorder trace;
  private final Holders holders;
  private final World world;
  private final int socket;
  private final Map<Integer, Long> outstanding = new ConcurrentHashMap<>();
  private int sequence;
  private int sent;
  private volatile boolean closed;

  /** Knows who takes a client's packets for an address. */
  @FunctionalInterface
  interface Holders {
    Optional<String> holder(String client, IpAddress target);
  }

  PingUser(
      Client client,
      Client.Pings pings,
      Machine machine,
      TraceRecorder trace,
      Holders holders,
      World world)
      throws IOException {
    this.client = client;
    this.target = pings.target();
    this.ipv4 = target.family() == IpFamily.IPV4;
    this.trace = trace;
    this.holders = holders;
    this.world = world;
    this.socket =
        machine
            .network()
            .call(
                () ->
                    Libc.socket(
                        ipv4 ? Constants.AF_INET : Constants.AF_INET6,
                        Constants.SOCK_RAW | Constants.SOCK_CLOEXEC,
                        ipv4 ? Constants.IPPROTO_ICMP : Constants.IPPROTO_ICMPV6,
                        "socket for echo requests"));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timeout = arena.allocate(16, 8);
      timeout.set(JAVA_LONG, 8, RECEIVE_MICROSECONDS);
      Libc.setOption(socket, Constants.SOL_SOCKET, SO_RCVTIMEO, timeout, "receive timeout");
    }
    Thread.ofPlatform().daemon().name("ping-" + client.name()).start(this::receive);
  }

  /** Begins at a time of the timeline; one request follows the other at fixed distances. */
  void start() {
    ask(client.start().from().toNanos());
  }

  private void ask(long at) {
    world.at(
        at,
        () -> {
          if (client.requests().map(most -> sent < most).orElse(true)) {
            sent++;
            send();
            ask(at + client.every().toNanos());
          }
        });
  }

  private void send() {
    int number = sequence++ & 0xffff;
    byte[] bytes = new byte[ECHO_OCTETS];
    bytes[0] = (byte) (ipv4 ? ECHO_V4 : ECHO_V6);
    put(bytes, 4, IDENTIFIER);
    put(bytes, 6, number);
    if (ipv4) {
      put(bytes, 2, InternetChecksum.fold(InternetChecksum.sum(Octets.copyOf(bytes))));
    }
    outstanding.put(number, trace.nowNanos());
    world.later(
        client.timeout().toMillis(), () -> end(number, PingOutcome.TIMEOUT, Optional.empty()));
    try (Arena arena = Arena.ofConfined()) {
      long octets =
          Libc.sendTo(
              socket,
              arena.allocateFrom(JAVA_BYTE, bytes),
              bytes.length,
              0,
              SocketAddress.of(arena, target, 0, 0));
      if (octets < 0) {
        end(number, PingOutcome.UNREACHABLE, Optional.empty());
      }
    }
  }

  private static void put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  private void receive() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(2_048);
      while (!closed) {
        long length = Libc.read(socket, buffer, buffer.byteSize());
        if (length > 0) {
          byte[] bytes = new byte[(int) length];
          MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, 0, bytes.length);
          heard(Octets.adopt(bytes));
        }
      }
    } finally {
      Libc.close(socket);
    }
  }

  private void heard(Octets packet) {
    int at = ipv4 ? (packet.unsignedByte(0) & 0xf) * 4 : 0;
    if (packet.length() < at + 8) {
      return;
    }
    int type = packet.unsignedByte(at);
    if (type == (ipv4 ? REPLY_V4 : REPLY_V6) && packet.unsignedShort(at + 4) == IDENTIFIER) {
      end(packet.unsignedShort(at + 6), PingOutcome.OK, holders.holder(client.name(), target));
    } else if (type == (ipv4 ? UNREACHABLE_V4 : UNREACHABLE_V6)) {
      int inner =
          at
              + 8
              + (ipv4 && packet.length() > at + 8
                  ? (packet.unsignedByte(at + 8) & 0xf) * 4
                  : IPV6_HEADER);
      if (packet.length() >= inner + 8 && packet.unsignedShort(inner + 4) == IDENTIFIER) {
        end(packet.unsignedShort(inner + 6), PingOutcome.UNREACHABLE, Optional.empty());
      }
    }
  }

  private void end(int number, PingOutcome outcome, Optional<String> holder) {
    Long sent = outstanding.remove(number);
    if (sent != null) {
      Duration latency = Duration.ofNanos(trace.nowNanos() - sent);
      trace.emit(
          client.name(),
          new Ping(client.name(), target, outcome, holder, latency),
          TraceEvent.NO_CAUSE);
    }
  }

  void close() {
    closed = true;
  }
}
