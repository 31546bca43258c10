package org.vipdrift.netio.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.vipdrift.model.frame.IpFamily;

/** What a watch has told so far, so that it tells nothing twice and misses nothing. */
final class LinkTables {
  private static final int CLONED = 0x200;

  private final Consumer<LinkEvent> listener;
  private final Map<Integer, Link> links = new LinkedHashMap<>();
  private final Map<LocalAddress.Key, LocalAddress> addresses = new LinkedHashMap<>();
  private final Set<KernelRoute> routes = new LinkedHashSet<>();
  private boolean routesInDoubt;

  LinkTables(Consumer<LinkEvent> listener) {
    this.listener = listener;
  }

  /**
   * Whether routes may have gone without a message: Linux says nothing of IPv4 routes that go with
   * their interface or their address.
   */
  boolean routesAreInDoubt() {
    return routesInDoubt;
  }

  void apply(NetlinkMessage message, long at) {
    switch (message.type()) {
      case Rtnetlink.RTM_NEWLINK -> ofNoFamily(message).ifPresent(link -> put(link, at));
      case Rtnetlink.RTM_DELLINK -> ofNoFamily(message).ifPresent(link -> remove(link, at));
      case Rtnetlink.RTM_NEWADDR -> LinkMessages.address(message).ifPresent(a -> put(a, at));
      case Rtnetlink.RTM_DELADDR ->
          LinkMessages.address(message).ifPresent(a -> removeAddress(a.key(), at));
      case Rtnetlink.RTM_NEWROUTE ->
          notCloned(message)
              .ifPresent(
                  route -> {
                    if (message.has(Rtnetlink.NLM_F_REPLACE)) {
                      removeReplacedBy(route, at);
                    }
                    put(route, at);
                  });
      case Rtnetlink.RTM_DELROUTE -> notCloned(message).ifPresent(route -> remove(route, at));
      default -> {}
    }
  }

  /** Bridges tell of their ports in messages of their own family. */
  private static Optional<Link> ofNoFamily(NetlinkMessage message) {
    return LinkMessages.link(message).filter(_ -> message.body().unsignedByte(0) == 0);
  }

  private static Optional<KernelRoute> notCloned(NetlinkMessage message) {
    return RouteMessages.route(message)
        .filter(_ -> (HostOrder.int32(message.body(), 8) & CLONED) == 0);
  }

  void putLinks(List<Link> now, long at) {
    List<Integer> indexes = now.stream().map(Link::index).toList();
    for (Link link : new ArrayList<>(links.values())) {
      if (!indexes.contains(link.index())) {
        remove(link, at);
      }
    }
    now.forEach(link -> put(link, at));
  }

  void putAddresses(List<LocalAddress> now, long at) {
    Set<LocalAddress.Key> keys = new LinkedHashSet<>(now.stream().map(LocalAddress::key).toList());
    for (LocalAddress.Key key : new ArrayList<>(addresses.keySet())) {
      if (!keys.contains(key)) {
        removeAddress(key, at);
      }
    }
    now.forEach(address -> put(address, at));
  }

  void putRoutes(List<KernelRoute> now, long at) {
    Set<KernelRoute> wanted = new LinkedHashSet<>(now);
    for (KernelRoute route : new ArrayList<>(routes)) {
      if (!wanted.contains(route)) {
        remove(route, at);
      }
    }
    now.forEach(route -> put(route, at));
    routesInDoubt = false;
  }

  private void put(Link link, long at) {
    Link before = links.put(link.index(), link);
    if (before == null) {
      listener.accept(new LinkEvent.LinkAppeared(at, link));
    } else if (!before.equals(link)) {
      routesInDoubt |= before.isAdministrativelyUp() && !link.isAdministrativelyUp();
      listener.accept(new LinkEvent.LinkChanged(at, before, link));
    }
  }

  private void remove(Link link, long at) {
    for (LocalAddress address : new ArrayList<>(addresses.values())) {
      if (address.interfaceIndex() == link.index()) {
        removeAddress(address.key(), at);
      }
    }
    Link before = links.remove(link.index());
    if (before != null) {
      routesInDoubt = true;
      listener.accept(new LinkEvent.LinkRemoved(at, before));
    }
  }

  private void put(LocalAddress address, long at) {
    LocalAddress before = addresses.put(address.key(), address);
    if (before == null) {
      listener.accept(new LinkEvent.AddressAdded(at, address));
    } else if (!before.equals(address)) {
      listener.accept(new LinkEvent.AddressChanged(at, before, address));
    }
  }

  private void removeAddress(LocalAddress.Key key, long at) {
    LocalAddress before = addresses.remove(key);
    if (before != null) {
      routesInDoubt |= before.address().family() == IpFamily.IPV4;
      listener.accept(new LinkEvent.AddressRemoved(at, before));
    }
  }

  private void put(KernelRoute route, long at) {
    if (routes.add(route)) {
      listener.accept(new LinkEvent.RouteAdded(at, route));
    }
  }

  private void remove(KernelRoute route, long at) {
    if (routes.remove(route)) {
      listener.accept(new LinkEvent.RouteRemoved(at, route));
    }
  }

  private void removeReplacedBy(KernelRoute next, long at) {
    for (KernelRoute route : new ArrayList<>(routes)) {
      if (route.destination().equals(next.destination())
          && route.table() == next.table()
          && route.metric() == next.metric()
          && !route.equals(next)) {
        remove(route, at);
      }
    }
  }
}
