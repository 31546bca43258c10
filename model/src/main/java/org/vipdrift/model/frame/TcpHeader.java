package org.vipdrift.model.frame;

/**
 * The fields of a TCP header (RFC 9293 section 3.1), read and written in place and without
 * allocation.
 *
 * <p>The readers take where the header begins; only of one that {@link #isWellFormed} they may be
 * asked.
 */
public final class TcpHeader {
  /** Octets without options. */
  public static final int LENGTH = 20;

  /** Octets with the one option that is written here: the maximum segment size. */
  public static final int LENGTH_WITH_MSS = 24;

  public static final int FIN = 1;
  public static final int SYN = 2;
  public static final int RST = 4;
  public static final int PSH = 8;
  public static final int ACK = 16;

  private static final int OPTION_END = 0;
  private static final int OPTION_NONE = 1;
  private static final int OPTION_MSS = 2;

  private TcpHeader() {}

  /** Whether header and options lie within the octets up to {@code end}. */
  public static boolean isWellFormed(Octets octets, int at, int end) {
    return end - at >= LENGTH
        && headerLength(octets, at) >= LENGTH
        && headerLength(octets, at) <= end - at;
  }

  /** Whether the checksum over everything up to {@code end} is right. */
  public static boolean checksumIsRight(
      Octets octets, int at, int end, IpAddress source, IpAddress destination) {
    long sum =
        InternetChecksum.sum(octets, at, end)
            + InternetChecksum.pseudoHeader(source, destination, IpProtocol.TCP, end - at);
    return InternetChecksum.fold(sum) == 0;
  }

  public static int sourcePort(Octets octets, int at) {
    return octets.unsignedShort(at);
  }

  public static int destinationPort(Octets octets, int at) {
    return octets.unsignedShort(at + 2);
  }

  public static int sequence(Octets octets, int at) {
    return octets.int32(at + 4);
  }

  public static int acknowledgment(Octets octets, int at) {
    return octets.int32(at + 8);
  }

  /** Octets with options: where data begins. */
  public static int headerLength(Octets octets, int at) {
    return octets.unsignedByte(at + 12) >> 4 << 2;
  }

  /** The eight flags, FIN the lowest. */
  public static int flags(Octets octets, int at) {
    return octets.unsignedByte(at + 13);
  }

  public static int window(Octets octets, int at) {
    return octets.unsignedShort(at + 14);
  }

  /** The maximum segment size option; 0 if there is none. */
  public static int maximumSegmentSize(Octets octets, int at) {
    int end = at + headerLength(octets, at);
    int option = at + LENGTH;
    while (option < end) {
      int kind = octets.unsignedByte(option);
      if (kind == OPTION_END) {
        return 0;
      }
      if (kind == OPTION_NONE) {
        option++;
        continue;
      }
      if (option + 1 >= end || octets.unsignedByte(option + 1) < 2) {
        return 0;
      }
      int length = octets.unsignedByte(option + 1);
      if (kind == OPTION_MSS && length == 4 && option + 4 <= end) {
        return octets.unsignedShort(option + 2);
      }
      option += length;
    }
    return 0;
  }

  /**
   * Writes the header in front of data that is in its place already, and the checksum over both.
   *
   * @param bytes the whole segment: {@link #LENGTH} octets, or {@link #LENGTH_WITH_MSS}, and data
   * @param maximumSegmentSize 0 to write no option
   * @return the segment; the array is given up
   */
  public static Octets finish(
      byte[] bytes,
      IpAddress source,
      int sourcePort,
      IpAddress destination,
      int destinationPort,
      int sequence,
      int acknowledgment,
      int flags,
      int window,
      int maximumSegmentSize) {
    WireBytes.putShort(bytes, 0, sourcePort);
    WireBytes.putShort(bytes, 2, destinationPort);
    WireBytes.putInt(bytes, 4, sequence);
    WireBytes.putInt(bytes, 8, acknowledgment);
    bytes[12] = (byte) ((maximumSegmentSize > 0 ? LENGTH_WITH_MSS : LENGTH) << 2);
    bytes[13] = (byte) flags;
    WireBytes.putShort(bytes, 14, window);
    if (maximumSegmentSize > 0) {
      bytes[LENGTH] = OPTION_MSS;
      bytes[LENGTH + 1] = 4;
      WireBytes.putShort(bytes, LENGTH + 2, maximumSegmentSize);
    }
    long sum =
        InternetChecksum.sum(bytes, 0, bytes.length)
            + InternetChecksum.pseudoHeader(source, destination, IpProtocol.TCP, bytes.length);
    WireBytes.putShort(bytes, 16, InternetChecksum.fold(sum));
    return Octets.adopt(bytes);
  }
}
