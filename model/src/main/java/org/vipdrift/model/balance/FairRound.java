package org.vipdrift.model.balance;

import java.util.Arrays;

/**
 * Servers that take turns by weight.
 *
 * <p>A round has as many positions as the weights' sum. A server that was chosen gets its next
 * position, one round divided by its weight later, the rest of the division kept; what lies beyond
 * the running round waits for the next one. Three queues: {@code fresh} (has not been chosen in
 * this round; heaviest first), {@code current} (by position), {@code next} (heaviest first; becomes
 * {@code fresh} when the round ends).
 *
 * <p>Changes of weight let the running round end with the sum it began with.
 */
final class FairRound {
  private static final int MAX_WEIGHT = BalancedServer.MAX_WEIGHT * ServerSnapshot.FULL_RAMP;
  private static final int POSITION_STEP = BalancedServer.MAX_WEIGHT;

  private final BackendLoad load;
  private final OrderedServers current;
  private OrderedServers fresh;
  private OrderedServers next;
  private final Queue[] queueOf;
  private final int[] position;
  private final int[] lastPosition;
  private final int[] rest;
  private final int[] passedOver;
  private int roundWeight;
  private int nextWeight;
  private int now;

  /** Where a server waits for its turn. */
  private enum Queue {
    NONE,
    FRESH,
    CURRENT,
    NEXT
  }

  FairRound(BackendLoad load) {
    int size = load.size();
    this.load = load;
    this.current = new OrderedServers(size);
    this.fresh = new OrderedServers(size);
    this.next = new OrderedServers(size);
    this.queueOf = new Queue[size];
    Arrays.fill(queueOf, Queue.NONE);
    this.position = new int[size];
    this.lastPosition = new int[size];
    this.rest = new int[size];
    this.passedOver = new int[size];
  }

  /** A server takes part from the start. */
  void begin(int server) {
    nextWeight += weight(server);
    enqueueByWeight(server, Queue.FRESH);
  }

  /** A server comes back, and has to wait for what would have been its next turn. */
  void enter(int server) {
    nextWeight += weight(server);
    recallPosition(server);
    position[server] = now + (nextWeight + roundWeight - now) / weight(server);
    enqueue(server);
  }

  void leave(int server, int oldWeight) {
    nextWeight -= oldWeight;
    dequeue(server);
    queueOf[server] = Queue.NONE;
  }

  /** The weight of a server that stays has changed. */
  void reweigh(int server, int oldWeight) {
    nextWeight += weight(server) - oldWeight;
    if (queueOf[server] == Queue.FRESH) {
      dequeue(server);
      enqueueByWeight(server, Queue.FRESH);
      return;
    }
    recallPosition(server);
    int step = nextWeight / weight(server);
    position[server] = Math.min(position[server], lastPosition[server] + step);
    rest[server] = 0;
    if (position[server] < now + 2) {
      position[server] = now + step;
    }
    dequeue(server);
    enqueue(server);
  }

  /** Chooses; passes over servers that are full, and over one to avoid while there is another. */
  int pick(int avoid) {
    boolean turned = false;
    int avoided = Balancer.NONE;
    int passed = 0;
    int chosen;
    while (true) {
      if (roundWeight == 0) {
        roundWeight = nextWeight;
        now = nextWeight;
      }
      chosen = first();
      if (chosen == Balancer.NONE && !turned) {
        turned = true;
        turn();
        chosen = first();
      }
      if (chosen == Balancer.NONE) {
        chosen = avoided;
        break;
      }
      advance(chosen);
      dequeue(chosen);
      now++;
      if (load.server(chosen).hasFreeSlot()) {
        if (chosen != avoid || avoided != Balancer.NONE) {
          break;
        }
        avoided = chosen;
      }
      passedOver[passed++] = chosen;
    }
    if (chosen != Balancer.NONE) {
      enqueue(chosen);
    }
    restore(passed, chosen, turned);
    return chosen;
  }

  /** Those passed over regain their place; when the round turned meanwhile they start afresh. */
  private void restore(int passed, int chosen, boolean turned) {
    for (int at = passed - 1; at >= 0; at--) {
      int server = passedOver[at];
      if (server != chosen) {
        if (turned) {
          enqueueByWeight(server, Queue.FRESH);
        } else {
          enqueue(server);
        }
      }
    }
  }

  /** Whoever is due; a hole before the next one due is filled by one that was not chosen yet. */
  private int first() {
    int due = current.first();
    if (due != Balancer.NONE && position[due] <= now) {
      return due;
    }
    int newcomer = fresh.first();
    if (newcomer != Balancer.NONE) {
      position[newcomer] = 0;
      rest[newcomer] = 0;
      return newcomer;
    }
    return due;
  }

  private void turn() {
    OrderedServers emptied = fresh;
    fresh = next;
    next = emptied;
    for (int at = 0; at < fresh.size(); at++) {
      queueOf[fresh.get(at)] = Queue.FRESH;
    }
    for (int at = 0; at < next.size(); at++) {
      queueOf[next.get(at)] = Queue.NEXT;
    }
    roundWeight = nextWeight;
    now = roundWeight;
  }

  private void advance(int server) {
    if (position[server] == 0) {
      position[server] = now;
    }
    int weight = weight(server);
    lastPosition[server] = position[server];
    position[server] += nextWeight / weight;
    rest[server] += nextWeight % weight;
    if (rest[server] >= weight) {
      rest[server] -= weight;
      position[server]++;
    }
  }

  /** Makes the position one of the running round, whatever queue the server is in. */
  private void recallPosition(int server) {
    switch (queueOf[server]) {
      case FRESH -> {
        position[server] = 0;
        rest[server] = 0;
      }
      case NEXT -> position[server] += roundWeight;
      case NONE -> position[server] = now;
      case CURRENT -> {}
    }
  }

  private void enqueue(int server) {
    if (position[server] >= 2 * roundWeight || position[server] >= roundWeight + nextWeight) {
      position[server] -= roundWeight;
      enqueueByWeight(server, Queue.NEXT);
    } else {
      long key =
          (long) POSITION_STEP * position[server]
              + (MAX_WEIGHT + rest[server] - weight(server)) / ServerSnapshot.FULL_RAMP;
      queueOf[server] = Queue.CURRENT;
      current.add(server, key);
    }
  }

  private void enqueueByWeight(int server, Queue queue) {
    queueOf[server] = queue;
    (queue == Queue.FRESH ? fresh : next).add(server, MAX_WEIGHT - weight(server));
  }

  private void dequeue(int server) {
    switch (queueOf[server]) {
      case FRESH -> fresh.remove(server);
      case CURRENT -> current.remove(server);
      case NEXT -> next.remove(server);
      case NONE -> {}
    }
  }

  private int weight(int server) {
    return load.server(server).effectiveWeight();
  }
}
