package org.vipdrift.model.haproxy;

/** How a session ended: the first two letters of a log line's termination state. */
record Termination(Cause cause, Phase phase) {
  static final Termination NORMAL = new Termination(Cause.NONE, Phase.NONE);

  /** Who or what ended it. */
  enum Cause {
    NONE('-'),
    LOCAL('L'),
    CLIENT_TIMEOUT('c'),
    CLIENT('C'),
    SERVER_TIMEOUT('s'),
    SERVER('S'),
    PROXY('P'),
    RESOURCE('R'),
    INTERNAL('I'),
    DOWN('D'),
    KILLED('K');

    private final char letter;

    Cause(char letter) {
      this.letter = letter;
    }
  }

  /** What it was doing then. */
  enum Phase {
    NONE('-'),
    REQUEST('R'),
    QUEUE('Q'),
    CONNECT('C'),
    HEADERS('H'),
    DATA('D'),
    LAST('L'),
    TARPIT('T');

    private final char letter;

    Phase(char letter) {
      this.letter = letter;
    }
  }

  boolean isNormal() {
    return cause == Cause.NONE;
  }

  String letters() {
    return "" + cause.letter + phase.letter;
  }
}
