package org.vipdrift.simulator.shell.syntax;

/**
 * Something in a script that the simulation cannot run as a real shell would.
 *
 * @param line from 1; 0 if the place is not known
 * @param column from 1; 0 if the place is not known
 * @param construct what it is, such as {@code command 'iptables'} or {@code syntax error: ...}
 */
public record Unsupported(String file, int line, int column, String construct) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + construct;
  }
}
