package org.vipdrift.model.ipvs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/**
 * What the master's synchronisation daemon sends, version 1 of the format.
 *
 * <pre>
 *  0                   1                   2                   3
 * +---------------+---------------+-------------------------------+
 * |       0       |    SyncID     |             Size              |
 * +---------------+---------------+-------------------------------+
 * |  Connections  |  Version = 1  |               0               |
 * +---------------+---------------+-------------------------------+
 * | Type (1: IPv6)|   Protocol    |  Version 0, size of this one  |
 * +---------------+---------------+-------------------------------+
 * |                             Flags                             |
 * +-------------------------------+-------------------------------+
 * |             State             |          Client port          |
 * +-------------------------------+-------------------------------+
 * |         Virtual port          |       Real server's port      |
 * +-------------------------------+-------------------------------+
 * |                         Firewall mark                         |
 * +---------------------------------------------------------------+
 * |                       Timeout in seconds                      |
 * +---------------------------------------------------------------+
 * |       Client, virtual and real server's address, 4 or 16      |
 * </pre>
 *
 * @param syncId of the group of directors, 0..255
 */
public record SyncMessage(int syncId, List<SyncedConnection> connections) {
  /** The daemons' UDP port. */
  public static final int PORT = 8848;

  /** How many IPv4 connections fit into an Ethernet frame with its IP and UDP headers. */
  public static final int MOST_CONNECTIONS = 40;

  private static final int HEADER = 8;
  private static final int FIXED = 24;
  private static final int VERSION = 1;
  private static final int LENGTH_MASK = 0x0fff;
  private static final int METHOD_MASK = 0x7;
  private static final int TUNNEL = 2;
  private static final int DIRECT = 3;
  private static final int NO_OUTPUT = 0x80;
  private static final int INACTIVE = 0x100;
  private static final int TEMPLATE = 0x1000;

  public SyncMessage {
    connections = List.copyOf(connections);
  }

  public Octets encode() {
    int size = HEADER;
    for (SyncedConnection each : connections) {
      size += length(each);
    }
    byte[] bytes = new byte[size];
    bytes[1] = (byte) syncId;
    putShort(bytes, 2, size);
    bytes[4] = (byte) connections.size();
    bytes[5] = VERSION;
    int at = HEADER;
    for (SyncedConnection each : connections) {
      write(each, bytes, at);
      at += length(each);
    }
    return Octets.adopt(bytes);
  }

  private static int length(SyncedConnection each) {
    return FIXED + 3 * addressLength(isIpv6(each));
  }

  private static boolean isIpv6(SyncedConnection each) {
    return each.key().client() instanceof IpAddress.V6;
  }

  private static int addressLength(boolean ipv6) {
    return ipv6 ? 16 : 4;
  }

  private static void write(SyncedConnection each, byte[] bytes, int at) {
    boolean ipv6 = isIpv6(each);
    bytes[at] = (byte) (ipv6 ? 1 : 0);
    bytes[at + 1] = (byte) each.key().protocol();
    putShort(bytes, at + 2, length(each));
    putInt(bytes, at + 4, flags(each));
    putShort(bytes, at + 8, each.state().ordinal());
    putShort(bytes, at + 10, each.key().clientPort());
    putShort(bytes, at + 12, each.key().virtualPort());
    putShort(bytes, at + 14, each.target().port());
    putInt(bytes, at + 16, each.mark());
    putInt(bytes, at + 20, (int) each.timeout().toSeconds());
    int step = addressLength(ipv6);
    each.key().client().writeTo(bytes, at + FIXED);
    each.key().virtual().writeTo(bytes, at + FIXED + step);
    each.target().address().writeTo(bytes, at + FIXED + 2 * step);
  }

  private static int flags(SyncedConnection each) {
    int method =
        switch (each.method()) {
          case NAT -> 0;
          case TUNNEL -> TUNNEL | NO_OUTPUT;
          case DIRECT_ROUTING -> DIRECT | NO_OUTPUT;
        };
    boolean inactive = !each.template() && !each.state().isActive();
    return method | (inactive ? INACTIVE : 0) | (each.template() ? TEMPLATE : 0);
  }

  /** Any other version or a size that does not fit is malformed. */
  public static Decoded<SyncMessage> decode(Octets octets) {
    if (octets.length() < HEADER) {
      return Decoded.malformed("a message of " + octets.length() + " octets");
    }
    if (octets.unsignedShort(2) != octets.length() || octets.unsignedByte(5) != VERSION) {
      return Decoded.malformed(
          "size " + octets.unsignedShort(2) + ", version " + octets.unsignedByte(5));
    }
    List<SyncedConnection> connections = new ArrayList<>();
    int at = HEADER;
    for (int i = 0; i < octets.unsignedByte(4); i++) {
      if (at + FIXED > octets.length()) {
        return Decoded.malformed("connection " + i + " is cut off");
      }
      boolean ipv6 = (octets.unsignedByte(at) & 1) != 0;
      int length = octets.unsignedShort(at + 2) & LENGTH_MASK;
      int state = octets.unsignedShort(at + 8);
      if (length < FIXED + 3 * addressLength(ipv6)
          || at + length > octets.length()
          || state >= TcpState.values().length) {
        return Decoded.malformed("connection " + i + " of " + length + " octets, state " + state);
      }
      connections.add(read(octets, at, ipv6));
      at += length;
    }
    return Decoded.ok(new SyncMessage(octets.unsignedByte(1), connections));
  }

  private static SyncedConnection read(Octets octets, int at, boolean ipv6) {
    int flags = octets.int32(at + 4);
    int step = addressLength(ipv6);
    ForwardingMethod method =
        switch (flags & METHOD_MASK) {
          case TUNNEL -> ForwardingMethod.TUNNEL;
          case DIRECT -> ForwardingMethod.DIRECT_ROUTING;
          default -> ForwardingMethod.NAT;
        };
    return new SyncedConnection(
        new ConnectionKey(
            octets.unsignedByte(at + 1),
            address(octets, at + FIXED, ipv6),
            octets.unsignedShort(at + 10),
            address(octets, at + FIXED + step, ipv6),
            octets.unsignedShort(at + 12)),
        new DestinationKey(
            address(octets, at + FIXED + 2 * step, ipv6), octets.unsignedShort(at + 14)),
        method,
        (flags & TEMPLATE) != 0,
        TcpState.values()[octets.unsignedShort(at + 8)],
        octets.int32(at + 16),
        Duration.ofSeconds(octets.int32(at + 20) & 0xffff_ffffL));
  }

  private static IpAddress address(Octets octets, int at, boolean ipv6) {
    return ipv6
        ? new IpAddress.V6(octets.int64(at), octets.int64(at + 8))
        : new IpAddress.V4(octets.int32(at));
  }

  private static void putShort(byte[] target, int at, int value) {
    target[at] = (byte) (value >> 8);
    target[at + 1] = (byte) value;
  }

  private static void putInt(byte[] target, int at, int value) {
    putShort(target, at, value >>> 16);
    putShort(target, at + 2, value);
  }
}
