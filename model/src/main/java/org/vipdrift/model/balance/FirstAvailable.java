package org.vipdrift.model.balance;

import java.util.Arrays;
import java.util.Comparator;

/** {@code balance first}: the lowest id that has a free slot. */
final class FirstAvailable implements Balancer {
  private final BackendLoad load;
  private final int[] byId;

  FirstAvailable(BackendLoad load) {
    this.load = load;
    Integer[] order = new Integer[load.size()];
    Arrays.setAll(order, at -> at);
    Arrays.sort(order, Comparator.comparingInt(at -> load.server(at).settings().id()));
    this.byId = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  @Override
  public int pick(RequestFacts facts, int avoid) {
    if (load.soleBackup() != NONE) {
      return load.soleBackup();
    }
    int second = NONE;
    for (int server : byId) {
      if (load.inUse(server) && load.server(server).hasFreeSlot()) {
        if (server != avoid) {
          return server;
        }
        second = server;
      }
    }
    return second;
  }

  @Override
  public void serverChanged(int server, boolean wasUsable, int oldWeight) {}

  @Override
  public void loadChanged(int server) {}
}
