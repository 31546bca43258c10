package org.vipdrift.model.balance;

/** Servers ordered by a number, equal ones first in first out; each is in at most once. */
final class OrderedServers {
  private final int[] servers;
  private final long[] keys;
  private int size;

  OrderedServers(int capacity) {
    servers = new int[capacity];
    keys = new long[capacity];
  }

  void add(int server, long key) {
    int at = size++;
    while (at > 0 && keys[at - 1] > key) {
      keys[at] = keys[at - 1];
      servers[at] = servers[at - 1];
      at--;
    }
    keys[at] = key;
    servers[at] = server;
  }

  void remove(int server) {
    int at = 0;
    while (at < size && servers[at] != server) {
      at++;
    }
    if (at < size) {
      size--;
      System.arraycopy(servers, at + 1, servers, at, size - at);
      System.arraycopy(keys, at + 1, keys, at, size - at);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The first one, or {@link Balancer#NONE}. */
  int first() {
    return size == 0 ? Balancer.NONE : servers[0];
  }

  int get(int at) {
    return servers[at];
  }
}
