package org.vipdrift.simulator.kernel.tcp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;

/**
 * All flows of a host by addresses and ports; the flows themselves are the links of its buckets, so
 * that a look-up allocates nothing.
 */
final class FlowTable {
  private static final int SMALLEST = 16;

  private @Nullable Flow[] buckets = new @Nullable Flow[SMALLEST];
  private int size;

  @Nullable Flow find(IpAddress local, int localPort, IpAddress remote, int remotePort) {
    Flow flow = buckets[hash(local, localPort, remote, remotePort) & (buckets.length - 1)];
    while (flow != null && !is(flow, local, localPort, remote, remotePort)) {
      flow = flow.nextInBucket();
    }
    return flow;
  }

  /** Adds what is not there yet. */
  void add(Flow flow) {
    if (size >= buckets.length) {
      grow();
    }
    size++;
    link(flow);
  }

  /** Removes what is there, or does nothing. */
  void remove(Flow flow) {
    int bucket = hash(flow) & (buckets.length - 1);
    Flow previous = null;
    Flow each = buckets[bucket];
    while (each != null && each != flow) {
      previous = each;
      each = each.nextInBucket();
    }
    if (each == null) {
      return;
    }
    if (previous == null) {
      buckets[bucket] = flow.nextInBucket();
    } else {
      previous.setNextInBucket(flow.nextInBucket());
    }
    flow.setNextInBucket(null);
    size--;
  }

  int size() {
    return size;
  }

  /** In an order that depends on addresses and ports alone. */
  List<Flow> all() {
    List<Flow> all = new ArrayList<>(size);
    for (Flow first : buckets) {
      for (Flow each = first; each != null; each = each.nextInBucket()) {
        all.add(each);
      }
    }
    return all;
  }

  void clear() {
    buckets = new @Nullable Flow[SMALLEST];
    size = 0;
  }

  private void grow() {
    List<Flow> flows = all();
    buckets = new @Nullable Flow[buckets.length * 2];
    flows.forEach(this::link);
  }

  private void link(Flow flow) {
    int bucket = hash(flow) & (buckets.length - 1);
    flow.setNextInBucket(buckets[bucket]);
    buckets[bucket] = flow;
  }

  private static boolean is(
      Flow flow, IpAddress local, int localPort, IpAddress remote, int remotePort) {
    return flow.remotePort() == remotePort
        && flow.localPort() == localPort
        && flow.remoteAddress().equals(remote)
        && flow.localAddress().equals(local);
  }

  private static int hash(Flow flow) {
    return hash(flow.localAddress(), flow.localPort(), flow.remoteAddress(), flow.remotePort());
  }

  private static int hash(IpAddress local, int localPort, IpAddress remote, int remotePort) {
    int hash = (words(local) * 31 + words(remote)) * 31 + (localPort << 16 ^ remotePort);
    hash *= 0x9e3779b1;
    return hash ^ hash >>> 15;
  }

  private static int words(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> bits;
      case IpAddress.V6(long high, long low) ->
          (int) (high >>> 32) * 31 + (int) high + (int) (low >>> 32) * 31 + (int) low;
    };
  }
}
