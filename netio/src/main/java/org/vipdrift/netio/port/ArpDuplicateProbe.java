package org.vipdrift.netio.port;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.netio.link.NetworkNamespace;
import org.vipdrift.netio.link.PacketCounters;
import org.vipdrift.netio.link.PacketSocket;

/**
 * Asks by ARP probes who else has an address that was just added; whoever listens on the interface
 * hears the answers.
 *
 * <p>RFC 5227 has a host ask before it uses an address. A takeover cannot wait for that, so it asks
 * afterwards: three times, a second apart, the first time after a delay within which the machine
 * that had the address may still hold it rightly. A probe claims nothing and changes nobody's
 * table.
 */
public final class ArpDuplicateProbe implements DuplicateProbe, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ArpDuplicateProbe.class);
  private static final int PROBES = 3;
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final NetworkNamespace namespace;
  private final Clock clock;
  private final Alarms alarms;
  private final Function<IpAddress, Duration> delay;
  private final PacketCounters counters;
  private final Map<String, PacketSocket> sockets = new LinkedHashMap<>();
  private final ExecutorService thread = NamedThreads.pool("vipdrift-probe", 1);

  /**
   * @param delay until the first probe for an address
   */
  public ArpDuplicateProbe(
      NetworkNamespace namespace,
      Clock clock,
      Alarms alarms,
      Function<IpAddress, Duration> delay,
      PacketCounters counters) {
    this.namespace = namespace;
    this.clock = clock;
    this.alarms = alarms;
    this.delay = delay;
    this.counters = counters;
  }

  @Override
  public void added(String networkInterface, IpAddress address, long cause) {
    if (address instanceof IpAddress.V4 v4) {
      long first = clock.monotonicNanos() + delay.apply(address).toNanos();
      for (int i = 0; i < PROBES; i++) {
        alarms.set(first + i * BETWEEN.toNanos(), () -> ask(networkInterface, v4));
      }
    }
  }

  /** Asks once, at once. */
  public void ask(String networkInterface, IpAddress.V4 address) {
    try {
      thread.execute(() -> send(networkInterface, address));
    } catch (RejectedExecutionException closed) {
      LOG.debug("no ARP probe for {}: it is too late", address, closed);
    }
  }

  /** What cannot be sent is counted or logged. */
  private void send(String networkInterface, IpAddress.V4 address) {
    try {
      PacketSocket socket = sockets.get(networkInterface);
      if (socket == null) {
        socket = PacketSocket.open(namespace, networkInterface, counters);
        sockets.put(networkInterface, socket);
      }
      Optional<MacAddress> mac = socket.senderMac();
      if (mac.isPresent()) {
        socket.probe(address, mac.get());
      }
    } catch (IOException refused) {
      LOG.warn("no ARP probe for {} on {}: {}", address, networkInterface, refused.toString());
    }
  }

  @Override
  public void close() {
    thread.execute(() -> sockets.values().forEach(PacketSocket::close));
    thread.shutdown();
  }
}
