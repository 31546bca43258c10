package org.vipdrift.netio.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.LinkWatch.Group;

class LinkMonitorTest {
  private ScratchNamespace scratch;
  private LinkMonitor monitor;
  private final BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() throws NativeException {
    scratch = ScratchNamespace.open();
    scratch.connect("e0", scratch, "e1");
    scratch.ip("addr add 20.0.0.10/24 dev e0");
    monitor = LinkMonitor.start("link-monitor-test");
  }

  @AfterEach
  void close() {
    if (monitor != null) {
      monitor.close();
    }
    if (scratch != null) {
      scratch.close();
    }
  }

  private LinkWatch watch(ScratchNamespace of, Group... groups) {
    LinkWatch watch = of.call(() -> monitor.open(EnumSet.copyOf(List.of(groups))));
    watch.begin(events::add);
    return watch;
  }

  /** What came up to the first event that fits. */
  private List<LinkEvent> until(Predicate<LinkEvent> last) throws InterruptedException {
    List<LinkEvent> seen = new ArrayList<>();
    while (true) {
      LinkEvent event = events.poll(5, TimeUnit.SECONDS);
      assertThat(event).as("after %s", seen).isNotNull();
      seen.add(event);
      if (last.test(event)) {
        return seen;
      }
    }
  }

  private List<LinkEvent> snapshot() throws InterruptedException {
    return until(LinkEvent.SnapshotCompleted.class::isInstance);
  }

  private static Predicate<LinkEvent> added(String address) {
    return event ->
        event instanceof LinkEvent.AddressAdded(_, LocalAddress a)
            && a.prefix().toString().equals(address);
  }

  private static Predicate<LinkEvent> removed(String address) {
    return event ->
        event instanceof LinkEvent.AddressRemoved(_, LocalAddress a)
            && a.prefix().toString().equals(address);
  }

  @Test
  void firstTellsWhatThereIs() throws Exception {
    watch(scratch, Group.LINKS, Group.ADDRESSES);
    List<LinkEvent> snapshot = snapshot();
    assertThat(snapshot).anyMatch(added("20.0.0.10/24")).anyMatch(added("127.0.0.1/8"));
    assertThat(snapshot)
        .filteredOn(LinkEvent.LinkAppeared.class::isInstance)
        .extracting(event -> ((LinkEvent.LinkAppeared) event).link().name())
        .containsExactlyInAnyOrder("lo", "e0", "e1");
  }

  @Test
  void thenEveryChange() throws Exception {
    watch(scratch, Group.LINKS, Group.ADDRESSES);
    snapshot();
    long before = System.nanoTime();
    scratch.ip("addr add 20.0.0.100/32 dev e0");
    LinkEvent event = until(added("20.0.0.100/32")).getLast();
    assertThat(event.atNanos()).isBetween(before, System.nanoTime());
    scratch.ip("addr del 20.0.0.100/32 dev e0");
    until(removed("20.0.0.100/32"));
    scratch.ip("link set e0 down");
    until(
        e ->
            e instanceof LinkEvent.LinkChanged(_, Link was, Link link)
                && link.name().equals("e1")
                && was.isUp()
                && !link.isUp());
    scratch.ip("link set e0 up");
    until(
        e ->
            e instanceof LinkEvent.LinkChanged(_, _, Link link)
                && link.name().equals("e0")
                && link.isUp());
    scratch.ip("link del e0");
    List<LinkEvent> gone =
        until(e -> e instanceof LinkEvent.LinkRemoved(_, Link link) && link.name().equals("e0"));
    assertThat(gone).anyMatch(removed("20.0.0.10/24"));
  }

  @Test
  void duplicateAddressDetectionEndsWithAChange() throws Exception {
    watch(scratch, Group.ADDRESSES);
    snapshot();
    scratch.ip("addr add 2001:db8::1/64 dev e0");
    LinkEvent.AddressAdded start =
        (LinkEvent.AddressAdded) until(added("2001:db8::1/64")).getLast();
    assertThat(start.address().isUsable()).isFalse();
    until(
        e ->
            e instanceof LinkEvent.AddressChanged(_, _, LocalAddress a)
                && a.prefix().equals(start.address().prefix())
                && a.isUsable());
  }

  @Test
  void routesThatGoWithTheirInterfaceAreToldToo() throws Exception {
    scratch.ip("route add 10.1.0.0/16 via 20.0.0.1");
    watch(scratch, Group.LINKS, Group.ADDRESSES, Group.ROUTES);
    assertThat(snapshot()).anyMatch(e -> isRoute(e, "10.1.0.0/16"));
    scratch.ip("route add blackhole 10.2.0.0/16");
    until(e -> e instanceof LinkEvent.RouteAdded && isRoute(e, "10.2.0.0/16"));
    scratch.ip("link set e0 down");
    until(e -> e instanceof LinkEvent.RouteRemoved && isRoute(e, "10.1.0.0/16"));
  }

  private static boolean isRoute(LinkEvent event, String destination) {
    return switch (event) {
      case LinkEvent.RouteAdded(_, KernelRoute route) ->
          route.destination().toString().equals(destination);
      case LinkEvent.RouteRemoved(_, KernelRoute route) ->
          route.destination().toString().equals(destination);
      default -> false;
    };
  }

  @Test
  void oneThreadWatchesSeveralNamespaces() throws Exception {
    try (ScratchNamespace other = ScratchNamespace.open();
        LinkWatch _ = watch(scratch, Group.ADDRESSES)) {
      snapshot();
      LinkWatch second = watch(other, Group.ADDRESSES);
      snapshot();
      other.ip("addr add 30.0.0.1/32 dev lo");
      until(added("30.0.0.1/32"));
      scratch.ip("addr add 20.0.0.100/32 dev e0");
      until(added("20.0.0.100/32"));
      second.close();
      other.ip("addr add 30.0.0.2/32 dev lo");
      scratch.ip("addr del 20.0.0.100/32 dev e0");
      assertThat(until(removed("20.0.0.100/32"))).noneMatch(added("30.0.0.2/32"));
    }
  }

  @Test
  void whatChangesBetweenOpeningAndBeginningIsNotLost() throws Exception {
    LinkWatch watch = scratch.call(() -> monitor.open(EnumSet.of(Group.ADDRESSES)));
    scratch.ip("addr add 20.0.0.100/32 dev e0");
    scratch.ip("addr del 20.0.0.10/24 dev e0");
    watch.begin(events::add);
    scratch.ip("addr add 20.0.0.101/32 dev e0");
    Set<String> there = new LinkedHashSet<>();
    for (LinkEvent event : until(added("20.0.0.101/32"))) {
      follow(event, there);
    }
    assertThat(there).contains("20.0.0.100/32", "20.0.0.101/32").doesNotContain("20.0.0.10/24");
  }

  private static void follow(LinkEvent event, Set<String> there) {
    switch (event) {
      case LinkEvent.AddressAdded(_, LocalAddress a) ->
          assertThat(there.add(a.prefix().toString())).isTrue();
      case LinkEvent.AddressRemoved(_, LocalAddress a) ->
          assertThat(there.remove(a.prefix().toString())).isTrue();
      default -> {}
    }
  }

  @Test
  void anOverrunIsCountedAndLeavesNoDifference() throws Exception {
    LinkWatch watch = scratch.call(() -> monitor.open(EnumSet.of(Group.ADDRESSES), 4096));
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    watch.begin(
        event -> {
          events.add(event);
          if (added("20.0.1.0/32").test(event)) {
            blocked.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    Set<String> there = new LinkedHashSet<>();
    snapshot().forEach(event -> follow(event, there));
    try (RouteSocket socket = scratch.call(RouteSocket::open)) {
      add(socket, 0);
      assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();
      for (int i = 1; i < 400; i++) {
        add(socket, i);
      }
      socket.removeAddress("e0", address(5), Optional.empty());
      socket.removeAddress("e0", address(390), Optional.empty());
    }
    release.countDown();
    snapshot().forEach(event -> follow(event, there));
    assertThat(watch.overruns()).isEqualTo(1);
    scratch.ip("addr add 20.0.0.100/32 dev e0");
    until(added("20.0.0.100/32")).forEach(event -> follow(event, there));
    assertThat(there).hasSizeGreaterThan(398);
    assertThat(there).contains(address(399).toString(), "20.0.0.100/32");
    assertThat(there).doesNotContain(address(5).toString(), address(390).toString());
  }

  private static void add(RouteSocket socket, int number) throws NativeException {
    assertThat(socket.addAddress("e0", address(number), AddressAttributes.NONE).isDone()).isTrue();
  }

  private static IpPrefix address(int number) {
    return new IpPrefix(new IpAddress.V4(0x14000100 + number), 32);
  }

  @Test
  void closingEndsTheThread() throws Exception {
    watch(scratch, Group.LINKS);
    snapshot();
    monitor.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("link-monitor-test"));
  }
}
