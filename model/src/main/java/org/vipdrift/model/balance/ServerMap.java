package org.vipdrift.model.balance;

/**
 * As many slots as the weights' sum, each belonging to a server; laid out anew when one changes.
 */
final class ServerMap {
  private final BackendLoad load;
  private int[] slots = {};
  private boolean stale = true;

  /** May stand one behind the end, where it starts over unless the map grows meanwhile. */
  private int next;

  ServerMap(BackendLoad load) {
    this.load = load;
  }

  void invalidate() {
    stale = true;
  }

  /** The server of a hash. */
  int at(long hash) {
    layOutIfStale();
    return slots.length == 0 ? Balancer.NONE : slots[(int) (hash % slots.length)];
  }

  /** The next server in turn that has a free slot; the one to avoid only if there is no other. */
  int nextInTurn(int avoid) {
    layOutIfStale();
    if (slots.length == 0) {
      return Balancer.NONE;
    }
    if (next >= slots.length) {
      next = 0;
    }
    int second = Balancer.NONE;
    int afterSecond = 0;
    int at = next;
    do {
      int server = slots[at++];
      if (load.server(server).hasFreeSlot()) {
        if (server != avoid) {
          next = at;
          return server;
        }
        second = server;
        afterSecond = at;
      }
      if (at == slots.length) {
        at = 0;
      }
    } while (at != next);
    if (second != Balancer.NONE) {
      next = afterSecond;
    }
    return second;
  }

  private void layOutIfStale() {
    if (stale) {
      stale = false;
      layOut();
    }
  }

  /**
   * Every server gains its weight with every slot; the slot goes to the first one whose account,
   * counted in whole turns, is highest, and costs it one turn.
   */
  private void layOut() {
    int total = (int) load.totalWeight();
    slots = new int[total];
    int[] account = new int[load.size()];
    for (int slot = 0; slot < total; slot++) {
      int best = Balancer.NONE;
      int highest = 0;
      for (int server = 0; server < account.length; server++) {
        if (!load.inUse(server)) {
          continue;
        }
        if (total == 1) {
          best = server;
          break;
        }
        account[server] += load.server(server).effectiveWeight();
        int turns = (account[server] + total) / total;
        if (best == Balancer.NONE || turns > highest) {
          highest = turns;
          best = server;
        }
      }
      slots[slot] = best;
      account[best] -= total;
    }
  }
}
