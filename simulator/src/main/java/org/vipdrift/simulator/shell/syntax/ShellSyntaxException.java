package org.vipdrift.simulator.shell.syntax;

/** Ends the parsing of a script at the place where a shell would report a syntax error. */
final class ShellSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Place place;

  ShellSyntaxException(Place place, String message) {
    super(message, null, false, false);
    this.place = place;
  }

  Place place() {
    return place;
  }
}
