package org.vipdrift.netio.link;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** The attributes ({@code struct nlattr}) of a netlink message; of a repeated one the last. */
public final class NetlinkAttributes {
  static final int HEADER = 4;
  private static final int TYPE_MASK = 0x3fff;

  private final Map<Integer, Octets> values;

  private NetlinkAttributes(Map<Integer, Octets> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Reads attributes up to the end; what lies about its length ends them. */
  public static NetlinkAttributes read(Octets body, int from) {
    Map<Integer, Octets> values = new LinkedHashMap<>();
    int at = from;
    while (body.length() - at >= HEADER) {
      int length = HostOrder.unsignedShort(body, at);
      if (length < HEADER || length > body.length() - at) {
        break;
      }
      int type = HostOrder.unsignedShort(body, at + 2) & TYPE_MASK;
      values.put(type, body.slice(at + HEADER, at + length));
      at += NetlinkMessage.aligned(length);
    }
    return new NetlinkAttributes(values);
  }

  public Optional<Octets> get(int type) {
    return Optional.ofNullable(values.get(type));
  }

  /** A number of one, two or four octets; empty if it is not there or of another length. */
  public Optional<Integer> number(int type) {
    return get(type)
        .flatMap(
            octets ->
                switch (octets.length()) {
                  case 1 -> Optional.of(octets.unsignedByte(0));
                  case 2 -> Optional.of(HostOrder.unsignedShort(octets, 0));
                  case 4 -> Optional.of(HostOrder.int32(octets, 0));
                  default -> Optional.empty();
                });
  }

  /** A text, without the zero that ends it. */
  public Optional<String> text(int type) {
    return get(type).map(NetlinkAttributes::text);
  }

  public Optional<NetlinkAttributes> nested(int type) {
    return get(type).map(octets -> read(octets, 0));
  }

  private static String text(Octets octets) {
    int end = 0;
    while (end < octets.length() && octets.unsignedByte(end) != 0) {
      end++;
    }
    return new String(octets.slice(0, end).toByteArray(), StandardCharsets.UTF_8);
  }
}
