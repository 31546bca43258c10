package org.vipdrift.model.ipvs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;

/**
 * sh and dh: an address is hashed into one of 256 buckets, which the real servers share in turns,
 * with sh as often in a row as they weigh. A bucket whose real server takes nothing drops, unless
 * the service has the fallback.
 */
final class AddressHashing implements SchedulerState {
  private static final int BUCKETS = 256;
  private static final int MULTIPLIER = 0x9e3779b1;
  private static final int NEGATIVE_MULTIPLIER = 0x61c88647;

  private final VirtualService service;
  private final DirectorSettings.AddressHash hash;
  private final boolean ofSource;
  private List<RealServer> buckets = List.of();

  AddressHashing(VirtualService service, DirectorSettings.AddressHash hash, boolean ofSource) {
    this.service = service;
    this.hash = hash;
    this.ofSource = ofSource;
  }

  @Override
  public @Nullable RealServer pick(List<RealServer> servers, Flow flow) {
    if (buckets.isEmpty()) {
      return null;
    }
    int port = ofSource && service.hashPort() ? flow.sourcePort() : 0;
    int folded = fold(ofSource ? flow.source() : flow.destination());
    int home = bucket(folded, port, 0);
    RealServer first = buckets.get(home);
    if (first.takesNew()) {
      return first;
    }
    if (!ofSource || !service.fallback()) {
      return null;
    }
    for (int offset = 0; offset < BUCKETS; offset++) {
      RealServer next = buckets.get(bucket(folded, port, (offset + home) % BUCKETS));
      if (next.takesNew()) {
        return next;
      }
    }
    return null;
  }

  @Override
  public void added(List<RealServer> servers) {
    reassign(servers);
  }

  @Override
  public void removed(List<RealServer> servers, RealServer server, int index) {
    reassign(servers);
  }

  /** dh knows no weights. */
  @Override
  public void changed(List<RealServer> servers) {
    if (ofSource) {
      reassign(servers);
    }
  }

  private void reassign(List<RealServer> servers) {
    List<RealServer> filled = new ArrayList<>(BUCKETS);
    int at = 0;
    int turns = 0;
    while (!servers.isEmpty() && filled.size() < BUCKETS) {
      RealServer server = servers.get(at);
      filled.add(server);
      turns++;
      if (!ofSource || turns >= server.weight()) {
        at = (at + 1) % servers.size();
        turns = 0;
      }
    }
    buckets = List.copyOf(filled);
  }

  private int bucket(int folded, int port, int offset) {
    int key = port + folded;
    int hashed =
        switch (hash) {
          case LOW_BITS -> key * MULTIPLIER;
          case HIGH_BITS -> key * NEGATIVE_MULTIPLIER >>> 24;
        };
    return offset + hashed & BUCKETS - 1;
  }

  /** The 32-bit words of an address, XORed. */
  static int fold(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> bits;
      case IpAddress.V6(long high, long low) ->
          (int) (high >>> 32) ^ (int) high ^ (int) (low >>> 32) ^ (int) low;
    };
  }
}
