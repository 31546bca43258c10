package org.vipdrift.model.segment;

/**
 * A port of a switch.
 *
 * @param number counted from 0 in the order of adding
 * @param name stable between runs, such as {@code test2:ens33}; randomness is split by it
 */
public record PortId(int number, String name) {
  @Override
  public String toString() {
    return name;
  }
}
