package org.vipdrift.netio.namespaces;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.LinkChanged;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.link.Link;
import org.vipdrift.netio.link.LinkEvent;
import org.vipdrift.netio.link.LocalAddress;

/** Tells of the addresses and links of a host what netlink tells of them. */
final class AddressObserver implements Consumer<LinkEvent> {
  private static final String BY = "keepalived";

  private final String host;
  private final TraceRecorder trace;
  private final Virtual virtual;
  private final FrameObserver.Causes causes;
  private final Map<Integer, String> names = new LinkedHashMap<>();

  AddressObserver(String host, TraceRecorder trace, Virtual virtual, FrameObserver.Causes causes) {
    this.host = host;
    this.trace = trace;
    this.virtual = virtual;
    this.causes = causes;
  }

  @Override
  public void accept(LinkEvent event) {
    switch (event) {
      case LinkEvent.LinkAppeared(_, Link link) -> names.put(link.index(), link.name());
      case LinkEvent.LinkChanged(long at, Link before, Link link) -> {
        names.put(link.index(), link.name());
        if (before.isUp() != link.isUp() && !link.isLoopback() && trace.nowNanos() >= 0) {
          emit(new LinkChanged(link.name(), link.isUp()), TraceEvent.NO_CAUSE, at);
        }
      }
      case LinkEvent.AddressAdded(long at, LocalAddress address) -> {
        if (virtual.isVirtual(address.address())) {
          emit(
              new VipAdded(name(address), address.address(), address.prefix().length(), BY),
              causes.lastChange(host),
              at);
        }
      }
      case LinkEvent.AddressRemoved(long at, LocalAddress address) -> {
        if (virtual.isVirtual(address.address())) {
          emit(
              new VipRemoved(name(address), address.address(), address.prefix().length(), BY),
              causes.lastChange(host),
              at);
        }
      }
      case LinkEvent.AddressChanged _,
          LinkEvent.LinkRemoved _,
          LinkEvent.RouteAdded _,
          LinkEvent.RouteRemoved _,
          LinkEvent.SnapshotCompleted _ -> {}
    }
  }

  private String name(LocalAddress address) {
    return names.getOrDefault(address.interfaceIndex(), "");
  }

  private void emit(TraceDetail detail, long cause, long at) {
    trace.emitMeasured(host, detail, cause, at);
  }
}
