package org.vipdrift.model.balance.nginx;

/** A server with what this worker knows of it. */
final class Peer {
  final UpstreamServer settings;
  int effectiveWeight;
  int currentWeight;
  int connections;
  int fails;
  private long accessedSeconds;
  private long checkedSeconds;

  Peer(UpstreamServer settings) {
    this.settings = settings;
    this.effectiveWeight = settings.weight();
  }

  boolean available(long nowSeconds) {
    return !settings.down() && !disabled(nowSeconds) && !full();
  }

  boolean full() {
    return settings.maxConnections() > 0 && connections >= settings.maxConnections();
  }

  /** The step of smooth weighted round robin; what failures took of the weight comes back. */
  int gainWeight() {
    int gained = effectiveWeight;
    currentWeight += gained;
    if (effectiveWeight < settings.weight()) {
      effectiveWeight++;
    }
    return gained;
  }

  void taken(long nowSeconds) {
    connections++;
    if (nowSeconds - checkedSeconds > settings.failTimeout().toSeconds()) {
      checkedSeconds = nowSeconds;
    }
  }

  void failed(long nowSeconds) {
    fails++;
    accessedSeconds = nowSeconds;
    checkedSeconds = nowSeconds;
    if (settings.maxFails() > 0) {
      effectiveWeight = Math.max(0, effectiveWeight - settings.weight() / settings.maxFails());
    }
  }

  void succeeded() {
    if (accessedSeconds < checkedSeconds) {
      fails = 0;
    }
  }

  private boolean disabled(long nowSeconds) {
    return settings.maxFails() > 0
        && fails >= settings.maxFails()
        && nowSeconds - checkedSeconds <= settings.failTimeout().toSeconds();
  }
}
