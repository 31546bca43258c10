package org.vipdrift.netio.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.Interfaces.InterfaceStatus;
import org.vipdrift.actors.port.PortContract;
import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.LinkChanged;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;
import org.vipdrift.netio.port.NamespacesWorld.Traced;

/** How addresses and links come into the trace, and what causes what. */
class LinuxAddressTraceTest extends PortContract {
  private NamespacesWorld.Host host;

  @Override
  protected TestWorld openWorld() {
    NamespacesWorld opened = new NamespacesWorld();
    host = opened.left();
    return opened;
  }

  private TestWorld.Inbox<InterfaceStatus> watch() {
    TestWorld.Inbox<InterfaceStatus> inbox = world.inbox();
    host.interfaces().tell(new Interfaces.Watch(host.who(), inbox.ref()));
    settle();
    return inbox;
  }

  private InterfaceStatus last(TestWorld.Inbox<InterfaceStatus> inbox) {
    return inbox.received().stream()
        .filter(status -> status.name().equals(host.networkInterface()))
        .toList()
        .getLast();
  }

  private List<Traced> traced(Predicate<TraceDetail> which) {
    return host.trace().stream().filter(t -> which.test(t.detail())).toList();
  }

  @Test
  void anAddedAddressIsTracedOnceAndCausesTheNewStatus() {
    TestWorld.Inbox<InterfaceStatus> seen = watch();
    TestWorld.Inbox<AddressTable.Answer> answers = world.inbox();
    host.addressTable()
        .tell(
            new AddressTable.Add(host.who(), host.networkInterface(), VIP_32, answers.ref(), 4711));
    settle();
    List<Traced> added = traced(VipAdded.class::isInstance);
    assertThat(added).hasSize(1);
    assertThat(added.getFirst().detail())
        .isEqualTo(new VipAdded(host.networkInterface(), VIP, 32, host.who()));
    assertThat(added.getFirst().cause()).isEqualTo(4711);
    assertThat(answers.received().getFirst().cause()).isEqualTo(added.getFirst().id());
    assertThat(last(seen).cause()).isEqualTo(added.getFirst().id());
    assertThat(last(seen).addresses()).contains(VIP_32);
  }

  @Test
  void whatSomebodyElseDoesIsTracedWhereItIsSeen() {
    TestWorld.Inbox<InterfaceStatus> seen = watch();
    host.scratch().ip("addr add 20.0.0.100/32 dev " + host.networkInterface());
    settle();
    assertThat(traced(VipAdded.class::isInstance))
        .extracting(Traced::detail)
        .containsExactly(new VipAdded(host.networkInterface(), VIP, 32, "kernel"));
    host.scratch().ip("addr del 20.0.0.100/32 dev " + host.networkInterface());
    settle();
    List<Traced> removed = traced(VipRemoved.class::isInstance);
    assertThat(removed).hasSize(1);
    assertThat(last(seen).cause()).isEqualTo(removed.getFirst().id());
  }

  @Test
  void aLinkThatGoesDownIsTraced() {
    TestWorld.Inbox<InterfaceStatus> seen = watch();
    host.setLink(false);
    settle();
    List<Traced> down = traced(LinkChanged.class::isInstance);
    assertThat(down)
        .extracting(Traced::detail)
        .containsExactly(new LinkChanged(host.networkInterface(), false));
    assertThat(seen.received()).anyMatch(s -> !s.up() && s.cause() == down.getFirst().id());
  }

  @Test
  void anInterfaceThatIsRemovedIsDownWithoutAddresses() {
    TestWorld.Inbox<InterfaceStatus> seen = watch();
    host.scratch().ip("link del " + host.networkInterface());
    settle();
    assertThat(last(seen).up()).isFalse();
    assertThat(last(seen).addresses()).isEmpty();
  }

  @Test
  void anAddressThatIsStillProbedIsNotTold() {
    TestWorld.Inbox<InterfaceStatus> seen = watch();
    host.scratch()
        .run(
            List.of(
                "sh",
                "-c",
                "echo 1 > /proc/sys/net/ipv6/conf/" + host.networkInterface() + "/accept_dad"));
    IpPrefix probed = new IpPrefix(IpAddress.of("2001:db8::1"), 64);
    add(host, host.who(), probed);
    assertThat(last(seen).addresses()).doesNotContain(probed);
    for (int i = 0; i < 30 && !last(seen).addresses().contains(probed); i++) {
      settle();
    }
    assertThat(last(seen).addresses()).contains(probed);
  }
}
