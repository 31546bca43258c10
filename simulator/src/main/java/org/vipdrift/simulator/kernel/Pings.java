package org.vipdrift.simulator.kernel;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.IcmpEcho;
import org.vipdrift.model.frame.IcmpMessage;
import org.vipdrift.model.frame.IcmpUnreachable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.Ipv6Packet;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.time.HostClock.HostTimer;

/** The echo requests of a host that wait for their answers. */
final class Pings {
  /** As ping sends by default. */
  private static final Octets DATA = Octets.adopt(new byte[56]);

  private static final int IDENTIFIERS_FROM = 1;

  private final HostKernel kernel;
  private final Map<Integer, Pending> pending = new LinkedHashMap<>();
  private int next;

  private final class Pending implements Runnable {
    final int key;
    final IpAddress target;
    final long sentAt;
    final EchoListener listener;
    final long cause;
    @Nullable HostTimer timer;
    boolean refused;

    Pending(int key, IpAddress target, EchoListener listener, long cause) {
      this.key = key;
      this.target = target;
      this.sentAt = kernel.clock().monotonicNanos();
      this.listener = listener;
      this.cause = cause;
    }

    Duration elapsed() {
      return Duration.ofNanos(kernel.clock().monotonicNanos() - sentAt);
    }

    @Override
    public void run() {
      Duration after = elapsed();
      end(
          this,
          refused ? new EchoResult.Unreachable(after) : new EchoResult.TimedOut(after),
          cause);
    }
  }

  Pings(HostKernel kernel) {
    this.kernel = kernel;
  }

  void send(
      Optional<IpAddress> source,
      IpAddress target,
      Duration timeout,
      EchoListener listener,
      long cause) {
    int key = next++;
    Pending request = new Pending(key, target, listener, cause);
    request.timer = kernel.clock().schedule(request.sentAt + timeout.toNanos(), request, kernel);
    pending.put(key, request);
    if (kernel.localAddresses().contains(target)) {
      end(request, new EchoResult.Answered(ownMac(target), Duration.ZERO), cause);
      return;
    }
    Optional<RouteLookup.Route> route = kernel.routes().route(target);
    Optional<IpAddress> from = source.or(() -> route.flatMap(to -> kernel.routes().sourceFor(to)));
    if (route.isEmpty() || from.isEmpty() || from.get().family() != target.family()) {
      refuse(request);
      return;
    }
    IcmpEcho echo =
        new IcmpEcho(true, IDENTIFIERS_FROM + (key >>> 16) & 0xffff, key & 0xffff, DATA);
    kernel.ip().send(echo.toPacket(from.get(), target, IpLayer.DEFAULT_HOP_LIMIT), cause);
  }

  void answered(
      NetworkInterface in, IpPacket packet, IcmpEcho echo, MacAddress sender, long cause) {
    find(echo.identifier(), echo.sequence())
        .filter(request -> request.target.equals(packet.source()))
        .ifPresent(
            request -> {
              // ping confirms the neighbour (MSG_CONFIRM), so that it stays reachable.
              kernel.routes().route(request.target).ifPresent(Pings::confirm);
              end(request, new EchoResult.Answered(sender, request.elapsed()), cause);
            });
  }

  /** One of our own packets did not get out. */
  void undeliverable(IpPacket packet, long cause) {
    if (IcmpMessage.decode(packet) instanceof Decoded.Ok<? extends IcmpMessage>(IcmpMessage message)
        && message instanceof IcmpEcho echo
        && echo.request()) {
      find(echo.identifier(), echo.sequence()).ifPresent(this::refuse);
    }
  }

  /** Somebody on the way could not or would not deliver one of our packets. */
  void refused(IcmpUnreachable unreachable, long cause) {
    Octets quoted = unreachable.quoted();
    if (quoted.length() < 1) {
      return;
    }
    int header =
        quoted.unsignedByte(0) >> 4 == 4
            ? (quoted.unsignedByte(0) & 15) * 4
            : Ipv6Packet.HEADER_LENGTH;
    if (header >= Ipv4Packet.HEADER_LENGTH && quoted.length() >= header + 8) {
      find(quoted.unsignedShort(header + 4), quoted.unsignedShort(header + 6))
          .ifPresent(this::refuse);
    }
  }

  /** After a power cut nobody waits any more. */
  void clear() {
    pending.clear();
  }

  private static void confirm(RouteLookup.Route route) {
    route.out().neighbors().confirm(route.nextHop());
  }

  private Optional<Pending> find(int identifier, int sequence) {
    return Optional.ofNullable(
        pending.get((identifier - IDENTIFIERS_FROM & 0xffff) << 16 | sequence));
  }

  /** The caller hears of it by an event, never from within its own call. */
  private void refuse(Pending request) {
    request.refused = true;
    if (request.timer != null) {
      request.timer.reschedule(kernel.clock().monotonicNanos());
    }
  }

  private void end(Pending request, EchoResult result, long cause) {
    if (pending.remove(request.key) != null) {
      if (request.timer != null) {
        request.timer.cancel();
      }
      request.listener.echoEnded(result, cause);
    }
  }

  private MacAddress ownMac(IpAddress address) {
    for (NetworkInterface each : kernel.interfaceList()) {
      for (LocalAddress local : each.addressList()) {
        if (local.prefix().address().equals(address)) {
          return each.mac();
        }
      }
    }
    return MacAddress.ZERO;
  }
}
