package org.vipdrift.model.ipvs;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;

/**
 * mh: Maglev (Eisenbud et al., NSDI 2016, section 3.4) with a table of 4093 places, which is
 * Linux's default. The real servers take places in turns, each along its own permutation, weight by
 * weight; one whose weight went to 0 keeps its places. The hash is SipHash-1-3 with fixed keys.
 */
final class MaglevHashing implements SchedulerState {
  static final int PLACES = 4093;
  private static final int TABLE_BITS = 12;
  private static final long FIRST_KEY = 2_654_435_761L;
  private static final long SECOND_KEY = 2_654_446_892L;

  private final VirtualService service;
  private @Nullable RealServer[] table = new RealServer[0];

  MaglevHashing(VirtualService service) {
    this.service = service;
  }

  @Override
  public @Nullable RealServer pick(List<RealServer> servers, Flow flow) {
    if (table.length == 0) {
      return null;
    }
    int port = service.hashPort() ? flow.sourcePort() : 0;
    int home = place(flow.source(), port, FIRST_KEY, 0, PLACES);
    RealServer first = table[home];
    if (first == null || first.takesNew()) {
      return first;
    }
    if (!service.fallback()) {
      return null;
    }
    for (int offset = 0; offset < PLACES; offset++) {
      int further = (offset + home) % PLACES;
      RealServer next = table[place(flow.source(), port, FIRST_KEY, further, PLACES)];
      if (next != null && next.takesNew()) {
        return next;
      }
    }
    return null;
  }

  @Override
  public void added(List<RealServer> servers) {
    populate(servers);
  }

  @Override
  public void removed(List<RealServer> servers, RealServer server, int index) {
    populate(servers);
  }

  @Override
  public void changed(List<RealServer> servers) {
    populate(servers);
  }

  private void populate(List<RealServer> servers) {
    int[] turns = turns(servers);
    table = new RealServer[0];
    if (Arrays.stream(turns).allMatch(t -> t == 0)) {
      return;
    }
    int[] place = new int[turns.length];
    int[] skip = new int[turns.length];
    for (int i = 0; i < turns.length; i++) {
      Destination destination = servers.get(i).destination();
      place[i] = place(destination.address(), destination.port(), FIRST_KEY, 0, PLACES);
      skip[i] = place(destination.address(), destination.port(), SECOND_KEY, 0, PLACES - 1) + 1;
    }
    @Nullable RealServer[] filled = new RealServer[PLACES];
    int taken = 0;
    for (int i = 0; taken < PLACES; i = (i + 1) % turns.length) {
      for (int turn = 0; turn < turns[i] && taken < PLACES; turn++) {
        while (filled[place[i]] != null) {
          place[i] = (place[i] + skip[i]) % PLACES;
        }
        filled[place[i]] = servers.get(i);
        taken++;
      }
    }
    table = filled;
  }

  /** How many places in a row each takes: the weights, made small. */
  private static int[] turns(List<RealServer> servers) {
    int divisor = 0;
    int most = 0;
    for (RealServer server : servers) {
      divisor = WeightedRoundRobin.gcd(server.lastWeight(), divisor);
      most = Math.max(most, server.lastWeight());
    }
    int[] turns = new int[servers.size()];
    if (divisor == 0) {
      return turns;
    }
    int shift =
        Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(most / divisor) - TABLE_BITS);
    for (int i = 0; i < turns.length; i++) {
      int weight = servers.get(i).lastWeight();
      turns[i] = weight == 0 ? 0 : Math.max(1, weight / divisor >> shift);
    }
    return turns;
  }

  private static int place(IpAddress address, int port, long key, int offset, int modulus) {
    int value = offset + port + AddressHashing.fold(address);
    return (int) ((sipHash13(value, key) & 0xffff_ffffL) % modulus);
  }

  /** SipHash-1-3 (Aumasson and Bernstein, 2012) of four octets, both halves of the key alike. */
  static long sipHash13(int value, long key) {
    SipState state = new SipState(key);
    long block = 4L << 56 | value & 0xffff_ffffL;
    state.v3 ^= block;
    state.round();
    state.v0 ^= block;
    state.v2 ^= 0xff;
    state.round();
    state.round();
    state.round();
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
  }

  private static final class SipState {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    SipState(long key) {
      v0 = 0x736f6d6570736575L ^ key;
      v1 = 0x646f72616e646f6dL ^ key;
      v2 = 0x6c7967656e657261L ^ key;
      v3 = 0x7465646279746573L ^ key;
    }

    void round() {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
