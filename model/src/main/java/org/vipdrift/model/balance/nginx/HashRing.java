package org.vipdrift.model.balance.nginx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The points of {@code hash KEY consistent}: 160 for each unit of a server's weight, each the
 * CRC-32 of host, port and the point before it, as nginx 1.22.1 sets them.
 */
final class HashRing {
  private static final int POINTS = 160;

  private final long[] points;
  private final String[] servers;

  HashRing(List<UpstreamServer> of) {
    Map<Long, String> ring = new TreeMap<>();
    for (UpstreamServer server : of) {
      byte[] head = head(server.name());
      long previous = 0;
      for (int point = 0; point < server.weight() * POINTS; point++) {
        CRC32 crc = new CRC32();
        crc.update(head);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
          crc.update((int) (previous >> shift & 0xff));
        }
        previous = crc.getValue();
        ring.putIfAbsent(previous, server.name());
      }
    }
    List<Long> sorted = new ArrayList<>(ring.keySet());
    points = sorted.stream().mapToLong(Long::longValue).toArray();
    servers = ring.values().toArray(String[]::new);
  }

  /** Host and port with a zero octet between them. */
  private static byte[] head(String name) {
    int colon = name.lastIndexOf(':');
    boolean ported = colon >= 0 && name.indexOf(']', colon) < 0;
    String text =
        ported ? name.substring(0, colon) + '\0' + name.substring(colon + 1) : name + '\0';
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The place of the first point that is not below the key's hash. */
  int place(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.ISO_8859_1));
    int found = java.util.Arrays.binarySearch(points, crc.getValue());
    return found >= 0 ? found : -found - 1;
  }

  /** The name of the server at a place; the ring is closed. */
  String server(long place) {
    return servers[(int) (place % servers.length)];
  }
}
