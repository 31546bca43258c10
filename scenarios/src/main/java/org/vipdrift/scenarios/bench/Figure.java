package org.vipdrift.scenarios.bench;

/**
 * One thing that was measured.
 *
 * @param key its name for programs
 * @param title what was run
 * @param unit of the work; rates and target are in units per CPU second
 * @param target what the simulation is meant to reach
 * @param simulation the whole of it
 * @param bareLoop the same work in a {@link BareLoop}
 */
public record Figure(
    String key, String title, String unit, double target, Rate simulation, Rate bareLoop) {
  public boolean reachesTarget() {
    return simulation.median() >= target;
  }

  /** How many times slower than the limit. */
  public double priceOfFidelity() {
    return bareLoop.median() / simulation.median();
  }
}
