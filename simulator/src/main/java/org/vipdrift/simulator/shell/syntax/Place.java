package org.vipdrift.simulator.shell.syntax;

/**
 * Where something begins in a script.
 *
 * @param line from 1
 * @param column from 1
 */
public record Place(int line, int column) {
  public static final Place START = new Place(1, 1);
}
