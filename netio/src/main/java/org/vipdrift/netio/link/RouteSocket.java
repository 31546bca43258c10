package org.vipdrift.netio.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.route.RoutingRule;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.netio.foreign.Errno;
import org.vipdrift.netio.foreign.NativeException;

/**
 * Asks the kernel for links, addresses, routes and rules, and changes them, in the namespace of the
 * thread that opens it; any thread may then use it.
 *
 * <p>Every method waits for the kernel's answer, 10 to 40 microseconds (a macvlan interface takes a
 * millisecond). What a configuration can cause is a {@link RouteOutcome}; only a broken socket
 * throws.
 */
public final class RouteSocket implements AutoCloseable {
  private static final int SET = Rtnetlink.NLM_F_ACK;

  private final NetlinkSocket socket;

  private RouteSocket(NetlinkSocket socket) {
    this.socket = socket;
  }

  public static RouteSocket open() throws NativeException {
    return new RouteSocket(NetlinkSocket.open(Rtnetlink.NETLINK_ROUTE, 0));
  }

  /** All interfaces, by index. */
  public List<Link> links() throws NativeException {
    return dump(LinkMessages.dumpLinks(), Rtnetlink.RTM_NEWLINK, LinkMessages::link);
  }

  /** The interface of a name; empty if there is none. */
  public Optional<Link> link(String name) throws NativeException {
    NetlinkSocket.Answer answer = ask(LinkMessages.linkNamed(name));
    if (answer.errno() != 0 && answer.errno() != Errno.ENODEV) {
      throw new NativeException("link " + name, answer.errno());
    }
    return answer.messages().stream().findFirst().flatMap(LinkMessages::link);
  }

  /** All addresses, IPv4 first, of each family in the order in which they were added. */
  public List<LocalAddress> addresses() throws NativeException {
    List<LocalAddress> all =
        dump(LinkMessages.dumpAddresses(), Rtnetlink.RTM_NEWADDR, LinkMessages::address);
    List<LocalAddress> ordered = new ArrayList<>();
    for (LocalAddress address : all) {
      if (address.address().family() == IpFamily.IPV4) {
        ordered.add(address);
      }
    }
    // The kernel lists IPv6 addresses of one scope with the newest first.
    for (LocalAddress address : all.reversed()) {
      if (address.address().family() == IpFamily.IPV6) {
        ordered.add(address);
      }
    }
    ordered.sort(
        Comparator.<LocalAddress, IpFamily>comparing(a -> a.address().family())
            .thenComparing(LocalAddress::created, Integer::compareUnsigned));
    return List.copyOf(ordered);
  }

  /** The routes of all tables. */
  public List<KernelRoute> routes() throws NativeException {
    return dump(
        RouteMessages.dump(Rtnetlink.RTM_GETROUTE), Rtnetlink.RTM_NEWROUTE, RouteMessages::route);
  }

  /** The rules of both families, in the order in which they are tried. */
  public List<RoutingRule> rules() throws NativeException {
    return dump(
        RouteMessages.dump(Rtnetlink.RTM_GETRULE), Rtnetlink.RTM_NEWRULE, RouteMessages::rule);
  }

  public RouteOutcome addAddress(String link, IpPrefix address, AddressAttributes attributes)
      throws NativeException {
    return onLink(link, index -> LinkMessages.addAddress(index, address, attributes));
  }

  /**
   * Removes the address that has this very prefix length.
   *
   * @param peer what the address was added with
   */
  public RouteOutcome removeAddress(String link, IpPrefix address, Optional<IpAddress> peer)
      throws NativeException {
    return onLink(link, index -> LinkMessages.removeAddress(index, address, peer));
  }

  /** Sets an interface up or down. */
  public RouteOutcome setUp(String link, boolean up) throws NativeException {
    int flag = Rtnetlink.IFF_UP;
    return onLink(
        link,
        index -> LinkMessages.linkRequest(Rtnetlink.RTM_NEWLINK, SET, index, up ? flag : 0, flag));
  }

  public RouteOutcome setMac(String link, MacAddress mac) throws NativeException {
    return onLink(
        link,
        index ->
            LinkMessages.linkRequest(Rtnetlink.RTM_NEWLINK, SET, index, 0, 0)
                .attribute(Rtnetlink.IFLA_ADDRESS, mac));
  }

  /** Makes a macvlan interface over another, down. */
  public RouteOutcome addMacvlan(String name, String parent, MacvlanMode mode, MacAddress mac)
      throws NativeException {
    return onLink(parent, index -> LinkMessages.addMacvlan(name, index, mode, mac));
  }

  /** Makes an ipvlan interface in mode L2 over another, down. */
  public RouteOutcome addIpvlan(String name, String parent, VirtualInterface.Mode mode)
      throws NativeException {
    return onLink(parent, index -> LinkMessages.addIpvlan(name, index, mode));
  }

  public RouteOutcome removeLink(String link) throws NativeException {
    return onLink(link, index -> LinkMessages.linkRequest(Rtnetlink.RTM_DELLINK, SET, index, 0, 0));
  }

  /** What an interface is set to; empty if there is no such interface. */
  public Optional<Integer> setting(String link, Ipv4Setting setting) throws NativeException {
    return ask(LinkMessages.linkNamed(link)).messages().stream()
        .findFirst()
        .flatMap(message -> LinkMessages.ipv4(message, setting));
  }

  public RouteOutcome set(String link, Ipv4Setting setting, int value) throws NativeException {
    return onLink(link, index -> LinkMessages.setIpv4(index, setting, value));
  }

  /** Whether an interface is to give itself a link-local IPv6 address when it comes up. */
  public RouteOutcome setAddressGeneration(String link, boolean generate) throws NativeException {
    return onLink(link, index -> LinkMessages.generateIpv6Address(index, generate));
  }

  public RouteOutcome addRoute(KernelRoute route) throws NativeException {
    return addRoute(route, false);
  }

  /**
   * @param append after the routes to the same destination, not before them
   */
  public RouteOutcome addRoute(KernelRoute route, boolean append) throws NativeException {
    return change(RouteMessages.addRoute(route, append));
  }

  /** Removes a route of that destination, table, metric, protocol and hops. */
  public RouteOutcome removeRoute(KernelRoute route) throws NativeException {
    return change(RouteMessages.removeRoute(route));
  }

  public RouteOutcome addRule(RoutingRule rule) throws NativeException {
    return change(RouteMessages.addRule(rule));
  }

  public RouteOutcome removeRule(RoutingRule rule) throws NativeException {
    return change(RouteMessages.removeRule(rule));
  }

  private RouteOutcome onLink(String link, Function<Integer, NetlinkRequest> request)
      throws NativeException {
    synchronized (socket) {
      OptionalInt index = socket.interfaceIndex(link);
      return index.isEmpty()
          ? RouteOutcome.Settled.NO_SUCH_INTERFACE
          : change(request.apply(index.getAsInt()));
    }
  }

  private RouteOutcome change(NetlinkRequest request) throws NativeException {
    NetlinkSocket.Answer answer = ask(request);
    return switch (answer.errno()) {
      case 0 -> RouteOutcome.Settled.DONE;
      case Errno.EEXIST -> RouteOutcome.Settled.ALREADY_THERE;
      case Errno.EADDRNOTAVAIL, Errno.ESRCH, Errno.ENOENT -> RouteOutcome.Settled.NOT_THERE;
      case Errno.ENODEV -> RouteOutcome.Settled.NO_SUCH_INTERFACE;
      default ->
          new RouteOutcome.Refused(
              answer.errno(),
              answer.text().isEmpty()
                  ? new NativeException("netlink", answer.errno()).reason()
                  : answer.text());
    };
  }

  private <T> List<T> dump(
      NetlinkRequest request, int type, Function<NetlinkMessage, Optional<T>> read)
      throws NativeException {
    NetlinkSocket.Answer answer = ask(request);
    if (answer.errno() != 0) {
      throw new NativeException("netlink dump", answer.errno());
    }
    return answer.messages().stream()
        .filter(message -> message.type() == type)
        .flatMap(message -> read.apply(message).stream())
        .toList();
  }

  private NetlinkSocket.Answer ask(NetlinkRequest request) throws NativeException {
    synchronized (socket) {
      return socket.request(request);
    }
  }

  @Override
  public void close() {
    synchronized (socket) {
      socket.close();
    }
  }
}
