package org.vipdrift.model.balance;

/** {@code balance static-rr}: one slot of the map after the other. */
final class StaticRoundRobin implements Balancer {
  private final ServerMap map;

  StaticRoundRobin(BackendLoad load) {
    this.map = new ServerMap(load);
  }

  @Override
  public int pick(RequestFacts facts, int avoid) {
    return map.nextInTurn(avoid);
  }

  @Override
  public void serverChanged(int server, boolean wasUsable, int oldWeight) {
    map.invalidate();
  }

  @Override
  public void loadChanged(int server) {}
}
