package org.vipdrift.netio.endurance;

import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.link.TimedTap;

/**
 * An advertisement on the wire.
 *
 * @param atNanos by the kernel's clock of the day
 */
record Advert(long atNanos, String source, int vrid, int priority) {
  private static final int IP = 14;
  private static final int VRRP_PROTOCOL = 112;

  static Optional<Advert> read(TimedTap.Frame frame) {
    Octets octets = frame.octets();
    int message = IP + (octets.unsignedByte(IP) & 0xf) * 4;
    if (octets.unsignedByte(IP + 9) != VRRP_PROTOCOL || octets.length() < message + 8) {
      return Optional.empty();
    }
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      source.append(i == 0 ? "" : ".").append(octets.unsignedByte(IP + 12 + i));
    }
    return Optional.of(
        new Advert(
            frame.atNanos(),
            source.toString(),
            octets.unsignedByte(message + 1),
            octets.unsignedByte(message + 2)));
  }
}
