package org.vipdrift.model.balance;

/**
 * What is known of a server at one moment.
 *
 * @param maintenance the administrator or the configuration took it out
 * @param draining takes no new clients, but known ones
 * @param weight 0..256
 * @param ramp sixteenths of the weight that count during slow start, 1..16; 16 at all other times
 * @param throttle percent of the connection limit that counts during slow start, 0..100
 */
public record ServerSnapshot(
    OperationalState state,
    boolean maintenance,
    boolean draining,
    int weight,
    int ramp,
    int throttle) {
  public static final int FULL_RAMP = 16;

  /** Up and at its full weight. */
  public static ServerSnapshot running(int weight) {
    return new ServerSnapshot(OperationalState.RUNNING, false, false, weight, FULL_RAMP, 100);
  }

  public ServerSnapshot withState(OperationalState newState) {
    return new ServerSnapshot(newState, maintenance, draining, weight, ramp, throttle);
  }

  public ServerSnapshot withWeight(int newWeight) {
    return new ServerSnapshot(state, maintenance, draining, newWeight, ramp, throttle);
  }

  public ServerSnapshot withDraining(boolean nowDraining) {
    return new ServerSnapshot(state, maintenance, nowDraining, weight, ramp, throttle);
  }

  /** In maintenance a server counts as down. */
  public ServerSnapshot inMaintenance() {
    return new ServerSnapshot(OperationalState.STOPPED, true, draining, weight, ramp, throttle);
  }

  /** Whether new clients may be given to it. */
  public boolean usable() {
    return weight > 0
        && !maintenance
        && !draining
        && (state == OperationalState.RUNNING || state == OperationalState.STARTING);
  }

  /** Whether a client that belongs to it may still be given to it. */
  public boolean acceptsPersistent() {
    return state != OperationalState.STOPPED && !maintenance;
  }
}
