package org.vipdrift.model.ipvs;

/** A destination in use: its weight and how many connections it has. */
public final class RealServer {
  private Destination destination;
  private int lastWeight;
  private int active;
  private int inactive;
  private int persistent;
  private boolean overloaded;
  private boolean available = true;

  RealServer(Destination destination) {
    this.destination = destination;
    this.lastWeight = destination.weight();
  }

  /** As it was last configured. */
  public Destination destination() {
    return destination;
  }

  public int weight() {
    return destination.weight();
  }

  public int activeConnections() {
    return active;
  }

  public int inactiveConnections() {
    return inactive;
  }

  /** How many templates of persistent clients lead to it. */
  public int persistentConnections() {
    return persistent;
  }

  /** Whether it is in its service's table; a removed one lives on with its connections. */
  public boolean isAvailable() {
    return available;
  }

  public boolean isOverloaded() {
    return overloaded;
  }

  /** Its weight when that was last more than 0, as far as it ever was since it was added. */
  int lastWeight() {
    return lastWeight;
  }

  boolean takesNew() {
    return weight() > 0 && !overloaded;
  }

  boolean isUnused() {
    return active == 0 && inactive == 0 && persistent == 0;
  }

  void configure(Destination next, boolean added) {
    if (next.upperThreshold() == 0 || next.upperThreshold() > destination.upperThreshold()) {
      overloaded = false;
    }
    destination = next;
    available = true;
    if (added || next.weight() > 0) {
      lastWeight = next.weight();
    }
  }

  void remove() {
    available = false;
  }

  /** A connection begins, not active yet. */
  void bind(boolean template) {
    if (template) {
      persistent++;
    } else {
      inactive++;
    }
    int upper = destination.upperThreshold();
    if (upper > 0 && active + inactive >= upper) {
      overloaded = true;
    }
  }

  void unbind(boolean template, boolean wasActive) {
    if (template) {
      persistent--;
    } else if (wasActive) {
      active--;
    } else {
      inactive--;
    }
    int upper = destination.upperThreshold();
    int lower = destination.lowerThreshold();
    int total = active + inactive;
    boolean relieved =
        lower > 0 ? total < lower : upper == 0 || (long) total * 4 < (long) upper * 3;
    if (relieved) {
      overloaded = false;
    }
  }

  void activityChanged(boolean nowActive) {
    active += nowActive ? 1 : -1;
    inactive += nowActive ? -1 : 1;
  }

  @Override
  public String toString() {
    return destination.toString();
  }
}
