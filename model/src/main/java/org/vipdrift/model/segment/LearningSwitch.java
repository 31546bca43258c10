package org.vipdrift.model.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.FrameFacts;
import org.vipdrift.model.frame.GroupMessage;
import org.vipdrift.model.frame.GroupQuery;
import org.vipdrift.model.frame.GroupReport;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;

/**
 * An Ethernet switch that learns where addresses are, with rules on the links between its ports.
 *
 * <p>Times are nanoseconds on the caller's timeline, from 0, and never go back from call to call. A
 * port's name, not its number, decides its random stream, so that a port added or left out does not
 * change what the others experience.
 */
public final class LearningSwitch {
  /** The sender of the switch's own queries. */
  static final MacAddress OWN_MAC = new MacAddress(0x0200_0000_fe00L);

  private static final IpAddress.V4 NO_ADDRESS = new IpAddress.V4(0);
  private static final long QUERY_NANOS = GroupQuery.DEFAULT_INTERVAL.toNanos();

  /** A quarter of the query interval (RFC 3376 section 8.6). */
  private static final long STARTUP_QUERY_NANOS = QUERY_NANOS / 4;

  private static final LossCause QUEUE_FULL = new LossCause.QueueFull();
  private static final LossCause PRUNED = new LossCause.Pruned();
  private static final LossCause NO_CARRIER = new LossCause.NoCarrier();
  private static final LossCause BROKEN_FRAME = new LossCause.BrokenFrame();

  private final SplitRandom random;
  private final long latencyNanos;
  private final PortRate portRate;
  private final MacTable macs;
  private final RuleTable rules;
  private final List<Port> ports = new ArrayList<>();
  private final Map<String, Storm> storms = new LinkedHashMap<>();
  private final Passage passage = new Passage();
  private Optional<SnoopingTable> snooping = Optional.empty();
  private long nextQueryNanos;
  private boolean startingUp;

  private static final class Port {
    private final PortId id;
    private final PortQueue queue;
    private boolean carrier = true;

    Port(PortId id, PortQueue queue) {
      this.id = id;
      this.queue = queue;
    }
  }

  private record Storm(Optional<PortId> source, double bitsPerSecond) {}

  /**
   * @param random this segment's own stream; the switch draws nothing from the stream itself
   */
  public LearningSwitch(SegmentSettings settings, SplitRandom random) {
    this.random = random;
    this.latencyNanos = settings.latency().toNanos();
    this.portRate = settings.portRate();
    this.macs = new MacTable(settings.macAgeing().toNanos());
    this.rules = new RuleTable(random.split("rules"));
    snoop(settings.igmpSnooping(), 0);
  }

  /**
   * Adds a port with its cable in; storms that already rage do not reach it.
   *
   * @param name stable between runs and unlike any other's, such as {@code test2:ens33}
   */
  public PortId addPort(String name) {
    if (ports.stream().anyMatch(port -> port.id.name().equals(name))) {
      throw new IllegalArgumentException("the switch has a port " + name + " already");
    }
    PortId id = new PortId(ports.size(), name);
    ports.add(new Port(id, new PortQueue(portRate, random.split("port").split(name))));
    return id;
  }

  public List<PortId> ports() {
    return ports.stream().map(port -> port.id).toList();
  }

  /** The cable goes out or in; going out, the switch forgets what it knew behind the port. */
  public void setCarrier(PortId port, boolean up, long at) {
    Port changed = ports.get(port.number());
    if (changed.carrier == up) {
      return;
    }
    changed.carrier = up;
    changed.queue.clear(at);
    if (!up) {
      macs.flush(port.number(), at);
      snooping.ifPresent(table -> table.flush(port.number()));
    }
  }

  public boolean hasCarrier(PortId port) {
    return ports.get(port.number()).carrier;
  }

  /** Where the switch believes an address to be. */
  public Optional<PortId> portOf(MacAddress mac, long at) {
    int port = macs.portOf(mac.bits(), at);
    return port == MacTable.UNKNOWN ? Optional.empty() : Optional.of(ports.get(port).id);
  }

  /** Puts a rule behind those in force. */
  public void install(LinkRule rule) {
    rules.install(rule);
  }

  /** Removes all rules of this name; false if there is none. */
  public boolean removeRules(String name) {
    return rules.remove(name);
  }

  public List<LinkRule> rules() {
    return rules.rules();
  }

  /**
   * Fills every port's sending side, but the source's own, with a steady stream of broadcast. The
   * frames of a storm are not delivered one by one: they take capacity.
   *
   * @param name by which it ends
   * @param source where it comes from; none, and it fills all ports
   * @param framesPerSecond more than 0
   * @param frameOctets of each frame, 1514 for full size
   */
  public void startStorm(
      String name, Optional<PortId> source, double framesPerSecond, int frameOctets, long at) {
    storms.put(name, new Storm(source, PortQueue.bitsPerSecond(framesPerSecond, frameOctets)));
    spreadStorms(at);
  }

  public void endStorm(String name, long at) {
    storms.remove(name);
    spreadStorms(at);
  }

  private void spreadStorms(long at) {
    for (Port port : ports) {
      double bitsPerSecond = 0;
      for (Storm storm : storms.values()) {
        if (storm.source.isEmpty() || !storm.source.get().equals(port.id)) {
          bitsPerSecond += storm.bitsPerSecond;
        }
      }
      port.queue.storm(bitsPerSecond, at);
    }
  }

  /** Starts snooping with an empty table, or stops it. */
  public void snoop(Optional<SnoopingSettings> settings, long at) {
    snooping = settings.map(SnoopingTable::new);
    nextQueryNanos = at;
    startingUp = true;
  }

  /** When {@link #querierTick} is due next; empty unless the switch is a querier. */
  public OptionalLong nextQuerierTick() {
    return snooping.isPresent() && snooping.get().settings().querier()
        ? OptionalLong.of(nextQueryNanos)
        : OptionalLong.empty();
  }

  /** Asks all hosts for the groups that they want, if it is time to; link rules do not apply. */
  public void querierTick(long at, DeliverySink sink) {
    OptionalLong due = nextQuerierTick();
    if (due.isEmpty() || at < due.getAsLong()) {
      return;
    }
    nextQueryNanos = at + (startingUp ? STARTUP_QUERY_NANOS : QUERY_NANOS);
    startingUp = false;
    Ipv4Packet query = (Ipv4Packet) GroupQuery.general(IpFamily.IPV4).toPacket(NO_ADDRESS);
    Octets frame =
        EthernetFrame.encode(MacAddress.ofMulticast(query.destination()), OWN_MAC, query);
    for (Port port : ports) {
      if (port.carrier) {
        enqueue(port, frame, 0, at, sink);
      }
    }
  }

  /** As {@link #forward(PortId, Octets, long, DeliverySink)}, with the deliveries in a list. */
  public List<Delivery> forward(PortId ingress, Octets frame, long at) {
    List<Delivery> deliveries = new ArrayList<>();
    forward(
        ingress,
        frame,
        at,
        (egress, bytes, delayNanos) -> deliveries.add(new Delivery(egress, bytes, delayNanos)));
    return deliveries;
  }

  /**
   * Takes a frame in. The sink must not call back into the switch.
   *
   * @param at when the frame left its sender
   */
  public void forward(PortId ingress, Octets frame, long at, DeliverySink sink) {
    Port in = ports.get(ingress.number());
    if (!in.carrier) {
      sink.lost(ingress, frame, NO_CARRIER);
      return;
    }
    if (!FrameFacts.hasHeader(frame) || FrameFacts.isGroup(FrameFacts.source(frame))) {
      sink.lost(ingress, frame, BROKEN_FRAME);
      return;
    }
    macs.learn(FrameFacts.source(frame), ingress.number(), at);
    long destination = FrameFacts.destination(frame);
    if (FrameFacts.isGroup(destination)) {
      if (snooping.isPresent() && FrameFacts.isIpv4(frame)) {
        forwardSnooped(snooping.get(), in, frame, at, sink);
      } else {
        flood(in, frame, at, sink);
      }
      return;
    }
    int known = macs.portOf(destination, at);
    if (known == MacTable.UNKNOWN) {
      flood(in, frame, at, sink);
    } else if (known != ingress.number()) {
      send(in, ports.get(known), frame, at, sink);
    }
  }

  private void flood(Port in, Octets frame, long at, DeliverySink sink) {
    for (int i = 0; i < ports.size(); i++) {
      Port out = ports.get(i);
      if (out != in) {
        send(in, out, frame, at, sink);
      }
    }
  }

  private void forwardSnooped(
      SnoopingTable table, Port in, Octets frame, long at, DeliverySink sink) {
    int group = FrameFacts.ipv4Destination(frame);
    boolean report = false;
    if (FrameFacts.ipProtocol(frame) == IpProtocol.IGMP
        && Ipv4Packet.decode(frame, EthernetFrame.HEADER_LENGTH)
            instanceof Decoded.Ok<Ipv4Packet>(Ipv4Packet packet)
        && GroupMessage.decode(packet)
            instanceof Decoded.Ok<? extends GroupMessage>(GroupMessage message)) {
      table.heard(message, in.id.number(), at);
      report = message instanceof GroupReport;
    }
    boolean broadcast = FrameFacts.destination(frame) == MacAddress.BROADCAST.bits();
    for (Port out : ports) {
      if (out == in) {
        continue;
      }
      int port = out.id.number();
      // RFC 4541 section 2.1.1: reports go to routers only.
      boolean wanted =
          report
              ? table.isRouterPort(port, at)
              : broadcast || !table.prunes(group) || table.wants(group, port, at);
      if (wanted) {
        send(in, out, frame, at, sink);
      } else if (!report) {
        sink.lost(out.id, frame, PRUNED);
      }
    }
  }

  private void send(Port in, Port out, Octets frame, long at, DeliverySink sink) {
    if (!out.carrier) {
      sink.lost(out.id, frame, NO_CARRIER);
      return;
    }
    if (rules.isEmpty()) {
      enqueue(out, frame, 0, at, sink);
      return;
    }
    rules.apply(in.id, out.id, frame, passage);
    if (passage.lost().isPresent()) {
      sink.lost(out.id, frame, passage.lost().get());
      return;
    }
    for (int copy = 0; copy < passage.copies(); copy++) {
      enqueue(out, passage.frame(), passage.delayNanos(), at, sink);
    }
  }

  private void enqueue(Port out, Octets frame, long extraNanos, long at, DeliverySink sink) {
    long wait = out.queue.offer(frame.length(), at);
    if (wait == PortQueue.FULL) {
      sink.lost(out.id, frame, QUEUE_FULL);
    } else {
      sink.deliver(out.id, frame, latencyNanos + extraNanos + wait);
    }
  }
}
