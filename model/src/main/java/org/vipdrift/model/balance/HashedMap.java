package org.vipdrift.model.balance;

/** Hashing with {@code hash-type map-based}; what cannot be hashed takes turns. */
final class HashedMap implements Balancer {
  private final BackendLoad load;
  private final ServerMap map;
  private final RequestHash hash;

  HashedMap(BackendLoad load, BalanceSettings settings) {
    this.load = load;
    this.map = new ServerMap(load);
    this.hash = new RequestHash(settings);
  }

  @Override
  public int pick(RequestFacts facts, int avoid) {
    long key = hash.of(facts, load.serversInUse() == 1);
    return key == RequestHash.MISSING ? map.nextInTurn(avoid) : map.at(key);
  }

  @Override
  public void serverChanged(int server, boolean wasUsable, int oldWeight) {
    map.invalidate();
  }

  @Override
  public void loadChanged(int server) {}
}
