package org.vipdrift.model.balance;

/** Hashing with {@code hash-type consistent}; what cannot be hashed takes turns. */
final class HashedRing implements Balancer {
  private final BackendLoad load;
  private final HashRing ring;
  private final RequestHash hash;

  HashedRing(BackendLoad load, BalanceSettings settings) {
    this.load = load;
    this.ring = new HashRing(load, settings.hashBalanceFactor());
    this.hash = new RequestHash(settings);
  }

  @Override
  public int pick(RequestFacts facts, int avoid) {
    long key = hash.of(facts, load.serversInUse() == 1);
    return key == RequestHash.MISSING ? ring.nextInTurn(avoid) : ring.at(key, avoid);
  }

  @Override
  public void serverChanged(int server, boolean wasUsable, int oldWeight) {
    ring.serverChanged(server);
  }

  @Override
  public void loadChanged(int server) {}
}
