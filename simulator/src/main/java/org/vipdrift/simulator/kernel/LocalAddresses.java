package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.vipdrift.actors.port.AddressTable.Answer;
import org.vipdrift.actors.port.AddressTable.Outcome;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;

/**
 * The address table of a host: every change of a virtual address is traced, every change told to
 * who watches the interface.
 */
final class LocalAddresses {
  private final TraceSink trace;
  private final Predicate<IpAddress> virtual;
  private final InterfaceWatchers watchers;
  private final Map<IpAddress, Integer> occurrences = new LinkedHashMap<>();

  LocalAddresses(TraceSink trace, Predicate<IpAddress> virtual, InterfaceWatchers watchers) {
    this.trace = trace;
    this.virtual = virtual;
    this.watchers = watchers;
  }

  /** Whether any interface has the address: the weak host model of Linux. */
  boolean contains(IpAddress address) {
    return occurrences.containsKey(address);
  }

  Answer add(NetworkInterface at, IpPrefix address, String by, long cause) {
    if (isThere(at, address)) {
      return new Answer(at.name(), address, Outcome.ALREADY_THERE, cause);
    }
    at.addressList().add(new LocalAddress(address, by));
    at.networks().addressesChanged();
    occurrences.merge(address.address(), 1, Integer::sum);
    long event = cause;
    if (virtual.test(address.address())) {
      event = trace.emit(new VipAdded(at.name(), address.address(), address.length(), by), cause);
    }
    watchers.tell(at, event);
    return new Answer(at.name(), address, Outcome.DONE, event);
  }

  Answer remove(NetworkInterface at, IpPrefix address, String by, long cause) {
    List<LocalAddress> list = at.addressList();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).prefix().equals(address)) {
        long event = removeAt(at, i, by, cause);
        watchers.tell(at, event);
        return new Answer(at.name(), address, Outcome.DONE, event);
      }
    }
    return new Answer(at.name(), address, Outcome.NOT_THERE, cause);
  }

  /** Removes what a process and its parts added. */
  void release(NetworkInterface at, String by, long cause) {
    removeWhere(at, address -> ProcessOwners.belongs(address.by(), by), by, cause);
  }

  /** What Linux does when an interface is set down: IPv4 stays, IPv6 goes. */
  void setDown(NetworkInterface at, long cause) {
    removeWhere(
        at,
        address -> address.prefix().address().family() == IpFamily.IPV6,
        LocalAddress.KERNEL,
        cause);
  }

  /** Takes every address away, as a power cut does. */
  void clear(NetworkInterface at, String why, long cause) {
    for (int i = at.addressList().size() - 1; i >= 0; i--) {
      removeAt(at, i, why, cause);
    }
  }

  /** The address that an interface gives itself (RFC 4291 appendix A). */
  static IpPrefix linkLocal(MacAddress mac) {
    long bits = mac.bits();
    long low = (bits >>> 24 ^ 0x020000) << 40 | 0xfffeL << 24 | bits & 0xff_ffff;
    return new IpPrefix(new IpAddress.V6(0xfe80L << 48, low), 64);
  }

  private void removeWhere(
      NetworkInterface at, Predicate<LocalAddress> wanted, String by, long cause) {
    for (LocalAddress address : new ArrayList<>(at.addressList())) {
      if (wanted.test(address)) {
        remove(at, address.prefix(), by, cause);
      }
    }
  }

  private long removeAt(NetworkInterface at, int index, String by, long cause) {
    IpPrefix prefix = at.addressList().remove(index).prefix();
    at.networks().addressesChanged();
    IpAddress address = prefix.address();
    occurrences.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    return virtual.test(address)
        ? trace.emit(new VipRemoved(at.name(), address, prefix.length(), by), cause)
        : cause;
  }

  /** Linux tells IPv4 addresses with different masks apart, but not IPv6 ones. */
  private boolean isThere(NetworkInterface at, IpPrefix address) {
    if (!occurrences.containsKey(address.address())) {
      return false;
    }
    for (LocalAddress present : at.addressList()) {
      if (present.prefix().equals(address)
          || (address.address().family() == IpFamily.IPV6
              && present.prefix().address().equals(address.address()))) {
        return true;
      }
    }
    return false;
  }
}
