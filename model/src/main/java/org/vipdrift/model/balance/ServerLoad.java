package org.vipdrift.model.balance;

/** What a data plane knows of one server: its last snapshot, and what runs and waits there now. */
public final class ServerLoad {
  private BalancedServer settings;
  private final BackendLoad backend;
  private ServerSnapshot snapshot;
  private int effectiveWeight;
  private boolean usable;
  private int served;
  private int queued;

  ServerLoad(BalancedServer settings, BackendLoad backend, ServerSnapshot snapshot) {
    this.settings = settings;
    this.backend = backend;
    this.snapshot = snapshot;
  }

  public BalancedServer settings() {
    return settings;
  }

  public ServerSnapshot snapshot() {
    return snapshot;
  }

  /** Whether new clients may be given to it. */
  public boolean usable() {
    return usable;
  }

  /** The weight in units of the algorithm: sixteenths, or multiples of the common divisor. */
  int effectiveWeight() {
    return effectiveWeight;
  }

  /** Connections that run. */
  public int served() {
    return served;
  }

  /** Requests that wait for a slot of this very server. */
  public int queued() {
    return queued;
  }

  /** Whether a connection can be given to it at once; a server with a queue of its own is full. */
  public boolean hasFreeSlot() {
    return settings.maxConnections() == 0 || queued == 0 && served < connectionLimit();
  }

  /** The limit of this moment: between minconn and maxconn, and less during slow start. */
  public int connectionLimit() {
    int max = settings.maxConnections();
    int limit = max;
    if (settings.minConnections() > 0
        && settings.minConnections() < max
        && backend.connections() < backend.fullConnections()) {
      limit =
          Math.max(
              settings.minConnections(),
              (int) ((long) backend.connections() * max / backend.fullConnections()));
    }
    return snapshot.state() == OperationalState.STARTING && snapshot.throttle() < 100
        ? Math.max(1, limit * snapshot.throttle() / 100)
        : limit;
  }

  void apply(ServerSnapshot news, int weightScale, int weightDivisor) {
    snapshot = news;
    int scale = weightScale == 1 ? 1 : news.ramp();
    effectiveWeight = (news.weight() * scale + weightDivisor - 1) / weightDivisor;
    usable = news.usable() && effectiveWeight > 0;
  }

  void limit(int maxConnections) {
    settings = settings.withMaxConnections(maxConnections);
  }

  void addServed(int more) {
    served += more;
  }

  void addQueued(int more) {
    queued += more;
  }
}
