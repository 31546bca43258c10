package org.vipdrift.model.balance;

/** {@code balance roundrobin}: the fair weighted order of active and of backup servers. */
final class RoundRobin implements Balancer {
  private final BackendLoad load;
  private final FairRound active;
  private final FairRound backup;

  RoundRobin(BackendLoad load) {
    this.load = load;
    this.active = new FairRound(load);
    this.backup = new FairRound(load);
    for (int server = 0; server < load.size(); server++) {
      if (load.server(server).usable()) {
        roundOf(server).begin(server);
      }
    }
  }

  @Override
  public int pick(RequestFacts facts, int avoid) {
    if (load.soleBackup() != NONE) {
      return load.soleBackup();
    }
    return (load.activeInUse() ? active : backup).pick(avoid);
  }

  @Override
  public void serverChanged(int server, boolean wasUsable, int oldWeight) {
    FairRound round = roundOf(server);
    boolean usable = load.server(server).usable();
    if (wasUsable && usable) {
      round.reweigh(server, oldWeight);
    } else if (wasUsable) {
      round.leave(server, oldWeight);
    } else if (usable) {
      round.enter(server);
    }
  }

  @Override
  public void loadChanged(int server) {}

  private FairRound roundOf(int server) {
    return load.server(server).settings().backup() ? backup : active;
  }
}
