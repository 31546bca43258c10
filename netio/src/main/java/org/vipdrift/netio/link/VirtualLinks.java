package org.vipdrift.netio.link;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.netio.foreign.Errno;
import org.vipdrift.netio.foreign.NativeException;

/**
 * Interfaces of virtual routers, with the settings around them that keepalived 2.2.7 was measured
 * to make; for one thread at a time.
 *
 * <p>Of an IPv4 macvlan: {@code arp_ignore} 1, {@code accept_local} 1, {@code promote_secondaries}
 * 1, {@code rp_filter} 0, and of the interface below {@code arp_ignore} 1 and {@code arp_filter} 1,
 * so that each answers ARP for its own addresses only; {@code rp_filter} of all is set to 0, and
 * what it was is given to those interfaces that were stricter through it. None gives itself a
 * link-local address.
 *
 * <p>Departs from keepalived twice: the last one that goes restores what was changed of other
 * interfaces, and {@code arp_announce} of the interface below is 2. Otherwise its ARP requests on
 * behalf of a virtual address tell its own MAC address as that of the virtual one.
 */
public final class VirtualLinks implements AutoCloseable {
  private static final String ALL_RP_FILTER = "/proc/sys/net/ipv4/conf/all/rp_filter";

  private final RouteSocket socket;

  /** Opened in the right namespace, it stays that namespace's. */
  private final Optional<RandomAccessFile> allRpFilter;

  private final Set<String> macvlans = new LinkedHashSet<>();
  private final Map<String, EnumMap<Ipv4Setting, Integer>> before = new LinkedHashMap<>();
  private int allBefore;

  private VirtualLinks(RouteSocket socket, Optional<RandomAccessFile> allRpFilter) {
    this.socket = socket;
    this.allRpFilter = allRpFilter;
  }

  /** Opens in the namespace of the calling thread. */
  public static VirtualLinks open() throws NativeException {
    Optional<RandomAccessFile> file;
    try {
      file = Optional.of(new RandomAccessFile(ALL_RP_FILTER, "rw"));
    } catch (IOException e) {
      // A container whose /proc/sys is not to be written: there it stays as it is.
      file = Optional.empty();
    }
    return new VirtualLinks(RouteSocket.open(), file);
  }

  /** Makes an interface and sets it up, or takes over one that is alike. */
  public RouteOutcome ensure(VirtualInterface wanted) throws NativeException {
    return switch (wanted) {
      case VirtualInterface.Macvlan(String name, String parent, MacAddress mac) -> {
        Optional<RouteOutcome> there = existing(name, "macvlan", parent, Optional.of(mac));
        RouteOutcome outcome =
            there.isPresent()
                ? there.get()
                : socket.addMacvlan(name, parent, MacvlanMode.PRIVATE, mac);
        if (isThere(outcome)) {
          if (isIpv4(mac)) {
            settle(name, parent);
          }
          yield setUp(name, outcome);
        }
        yield outcome;
      }
      case VirtualInterface.Ipvlan(String name, String parent, _, VirtualInterface.Mode mode) -> {
        Optional<RouteOutcome> there = existing(name, "ipvlan", parent, Optional.empty());
        RouteOutcome outcome =
            there.isPresent() ? there.get() : socket.addIpvlan(name, parent, mode);
        yield isThere(outcome) ? setUp(name, outcome) : outcome;
      }
    };
  }

  /** Removes an interface, with its addresses. */
  public RouteOutcome remove(String name) throws NativeException {
    RouteOutcome outcome = socket.removeLink(name);
    if (macvlans.remove(name) && macvlans.isEmpty()) {
      restore();
    }
    return outcome == RouteOutcome.Settled.NO_SUCH_INTERFACE
        ? RouteOutcome.Settled.NOT_THERE
        : outcome;
  }

  private static boolean isThere(RouteOutcome outcome) {
    return outcome == RouteOutcome.Settled.DONE || outcome == RouteOutcome.Settled.ALREADY_THERE;
  }

  private static boolean isIpv4(MacAddress mac) {
    return mac.bits() >>> 8 == MacAddress.ofVirtualRouter(0, IpFamily.IPV4).bits() >>> 8;
  }

  /** Empty if there is none; another one of the name is in the way, and said so by the kernel. */
  private Optional<RouteOutcome> existing(
      String name, String kind, String parent, Optional<MacAddress> mac) throws NativeException {
    Optional<Link> there = socket.link(name);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    Link link = there.get();
    Optional<Integer> below = socket.link(parent).map(Link::index);
    boolean alike =
        link.kind().filter(kind::equals).isPresent()
            && below.isPresent()
            && link.parent().equals(below)
            && mac.map(link.mac()::equals).orElse(true);
    return Optional.of(
        alike
            ? RouteOutcome.Settled.ALREADY_THERE
            : new RouteOutcome.Refused(
                Errno.EEXIST, "an interface of that name is there, and another"));
  }

  private RouteOutcome setUp(String name, RouteOutcome outcome) throws NativeException {
    socket.setAddressGeneration(name, false);
    RouteOutcome up = socket.setUp(name, true);
    return up.isDone() ? outcome : up;
  }

  private void settle(String name, String parent) throws NativeException {
    if (macvlans.isEmpty()) {
      relaxAll();
    }
    macvlans.add(name);
    socket.set(name, Ipv4Setting.ARP_IGNORE, 1);
    socket.set(name, Ipv4Setting.ACCEPT_LOCAL, 1);
    socket.set(name, Ipv4Setting.PROMOTE_SECONDARIES, 1);
    socket.set(name, Ipv4Setting.RP_FILTER, 0);
    change(parent, Ipv4Setting.ARP_IGNORE, 1);
    change(parent, Ipv4Setting.ARP_FILTER, 1);
    change(parent, Ipv4Setting.ARP_ANNOUNCE, 2);
  }

  /** The stricter of an interface's own value and that of all counts. */
  private void relaxAll() throws NativeException {
    allBefore = readAll();
    if (allBefore == 0) {
      return;
    }
    for (Link link : socket.links()) {
      if (socket.setting(link.name(), Ipv4Setting.RP_FILTER).orElse(0) < allBefore) {
        change(link.name(), Ipv4Setting.RP_FILTER, allBefore);
      }
    }
    writeAll(0);
  }

  private void change(String link, Ipv4Setting setting, int value) throws NativeException {
    Optional<Integer> was = socket.setting(link, setting);
    if (was.isPresent()) {
      before
          .computeIfAbsent(link, _ -> new EnumMap<>(Ipv4Setting.class))
          .putIfAbsent(setting, was.get());
      socket.set(link, setting, value);
    }
  }

  private void restore() throws NativeException {
    if (allBefore != 0) {
      writeAll(allBefore);
    }
    for (Map.Entry<String, EnumMap<Ipv4Setting, Integer>> link : before.entrySet()) {
      for (Map.Entry<Ipv4Setting, Integer> setting : link.getValue().entrySet()) {
        socket.set(link.getKey(), setting.getKey(), setting.getValue());
      }
    }
    before.clear();
  }

  private int readAll() {
    if (allRpFilter.isEmpty()) {
      return 0;
    }
    try {
      RandomAccessFile file = allRpFilter.get();
      file.seek(0);
      return Integer.parseInt(file.readLine().strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private void writeAll(int value) {
    if (allRpFilter.isPresent()) {
      try {
        RandomAccessFile file = allRpFilter.get();
        file.seek(0);
        file.write(Integer.toString(value).getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new IllegalStateException(ALL_RP_FILTER + " cannot be written", e);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
    if (allRpFilter.isPresent()) {
      try {
        allRpFilter.get().close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
