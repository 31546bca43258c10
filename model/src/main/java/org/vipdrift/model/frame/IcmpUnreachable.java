package org.vipdrift.model.frame;

/**
 * The answer to a packet that cannot be delivered or is rejected.
 *
 * @param quoted the beginning of the packet that caused it
 */
public record IcmpUnreachable(Reason reason, Octets quoted) implements IcmpMessage {
  /** Why; the codes differ between the families. */
  public enum Reason {
    NETWORK(0, 0),
    HOST(1, 3),
    PORT(3, 4),
    ADMINISTRATIVELY_PROHIBITED(13, 1),
    /** A code that nothing here tells apart; goes out as {@link #HOST}. */
    OTHER(1, 3);

    private final int codeV4;
    private final int codeV6;

    Reason(int codeV4, int codeV6) {
      this.codeV4 = codeV4;
      this.codeV6 = codeV6;
    }

    /** As a sniffer prints it. */
    public String text() {
      return switch (this) {
        case NETWORK -> "network";
        case HOST -> "host";
        case PORT -> "port";
        case ADMINISTRATIVELY_PROHIBITED -> "administratively prohibited";
        case OTHER -> "other";
      };
    }

    private int code(IpFamily family) {
      return family == IpFamily.IPV4 ? codeV4 : codeV6;
    }
  }

  /** Quotes the header and eight octets after it, as RFC 792 asks; RFC 4443 would allow more. */
  public static IcmpUnreachable about(IpPacket packet, Reason reason) {
    Octets whole = packet.encode();
    int quote = packet.length() - packet.payload().length() + 8;
    return new IcmpUnreachable(reason, whole.slice(0, Math.min(quote, whole.length())));
  }

  static IcmpUnreachable read(Octets octets, IpFamily family) {
    int code = octets.unsignedByte(1);
    Reason reason = Reason.OTHER;
    for (Reason candidate : Reason.values()) {
      if (candidate != Reason.OTHER && candidate.code(family) == code) {
        reason = candidate;
      }
    }
    return new IcmpUnreachable(reason, octets.slice(8, octets.length()));
  }

  @Override
  public Octets encode(IpAddress source, IpAddress destination) {
    byte[] bytes = new byte[8 + quoted.length()];
    quoted.copyInto(bytes, 8);
    return IcmpBytes.finish(
        bytes,
        source.family() == IpFamily.IPV4 ? 3 : 1,
        reason.code(source.family()),
        source,
        destination);
  }
}
