package org.vipdrift.model.ipvs;

/**
 * The states of a TCP connection as a director that may see only one direction believes them, with
 * their timeouts.
 */
public enum TcpState {
  NONE(2, false),
  ESTABLISHED(15 * 60, true),
  SYN_SENT(2 * 60, true),
  SYN_RECV(60, true),
  FIN_WAIT(2 * 60, false),
  TIME_WAIT(2 * 60, false),
  CLOSE(10, false),
  CLOSE_WAIT(60, false),
  LAST_ACK(30, false),
  LISTEN(2 * 60, false),
  SYNACK(2 * 60, true);

  /** Which way a packet goes. */
  public enum Direction {
    FROM_CLIENT,
    FROM_SERVER,
    /** From the client of a connection whose replies the director does not see. */
    FROM_CLIENT_ONLY
  }

  // Per direction four rows (SYN, FIN, ACK, RST): the next state for each state in order.
  private static final TcpState[][][] NEXT = {
    {
      row("SR ES ES SR SR SR SR SR SR SR SR"),
      row("CL CW SS TW TW TW CL CW LA LI TW"),
      row("ES ES SS ES FW TW CL CW CL LI ES"),
      row("CL CL CL SR CL CL CL CL LA LI SR")
    },
    {
      row("SS ES SS SR SS SS SS SS SS LI SR"),
      row("TW FW SS TW FW TW CL TW LA LI TW"),
      row("ES ES SS ES FW TW CL CW LA ES ES"),
      row("CL CL SS CL CL TW CL CL CL CL CL")
    },
    {
      row("SR ES ES SR SR SR SR SR SR SR SR"),
      row("CL FW SS TW FW TW CL CW LA LI TW"),
      row("ES ES SS ES FW TW CL CW CL LI ES"),
      row("CL CL CL SR CL CL CL CL LA LI CL")
    }
  };

  private final int timeoutSeconds;
  private final boolean active;

  TcpState(int timeoutSeconds, boolean active) {
    this.timeoutSeconds = timeoutSeconds;
    this.active = active;
  }

  /** The default of the kernel. */
  public int timeoutSeconds() {
    return timeoutSeconds;
  }

  /** Whether a connection in it counts as active. */
  public boolean isActive() {
    return active;
  }

  /** Where a packet leads; a packet without meaning nowhere: NONE, as in the kernel. */
  public TcpState after(Direction direction, PacketKind packet) {
    return packet == PacketKind.OTHER
        ? NONE
        : NEXT[direction.ordinal()][packet.ordinal()][ordinal()];
  }

  private static TcpState[] row(String codes) {
    String[] words = codes.split(" ");
    TcpState[] row = new TcpState[words.length];
    for (int i = 0; i < words.length; i++) {
      row[i] = ofCode(words[i]);
    }
    return row;
  }

  private static TcpState ofCode(String code) {
    return switch (code) {
      case "ES" -> ESTABLISHED;
      case "SS" -> SYN_SENT;
      case "SR" -> SYN_RECV;
      case "FW" -> FIN_WAIT;
      case "TW" -> TIME_WAIT;
      case "CL" -> CLOSE;
      case "CW" -> CLOSE_WAIT;
      case "LA" -> LAST_ACK;
      case "LI" -> LISTEN;
      default -> throw new IllegalArgumentException(code);
    };
  }
}
