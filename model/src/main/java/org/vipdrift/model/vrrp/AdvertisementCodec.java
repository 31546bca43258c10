package org.vipdrift.model.vrrp;

import java.time.Duration;
import java.util.List;
import org.vipdrift.model.frame.InternetChecksum;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.Octets;

/**
 * Adverts as bytes, without the IP header.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version| Type  |      VRID     |    Priority   | Address count |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | v2: Auth Type | Interval (s)  |           Checksum            |
 * | v3: 0 | Max Advert Int (cs)   |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          addresses: 4 octets each, 16 over IPv6               |
 * +                                                               +
 * |          v2 only: 8 octets of authentication data             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>RFC 3768 section 5, RFC 9568 section 5.2.
 */
public final class AdvertisementCodec {
  static final int HEADER_OCTETS = 8;
  static final int AUTHENTICATION_OCTETS = 8;
  static final int ADVERTISEMENT_TYPE = 1;

  /** The IP protocol number and IPv6 next header of VRRP. */
  public static final int PROTOCOL = IpProtocol.VRRP;

  private static final long NANOS_PER_CENTISECOND = 10_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private AdvertisementCodec() {}

  /** What bytes turned out to be. */
  public sealed interface Decoded {
    /** An advert whose checksum is right. */
    record Wellformed(Advertisement advertisement) implements Decoded {}

    /**
     * No advert.
     *
     * @param detail what was expected and what came
     */
    record Malformed(DropReason reason, String detail) implements Decoded {}
  }

  /**
   * The VRRP message.
   *
   * @param source of the IP packet; part of the sum in version 3
   * @param destination of the IP packet; part of the sum in version 3
   * @param mode of the sum in version 3 over IPv4
   */
  public static Octets encode(
      Advertisement advert, IpAddress source, IpAddress destination, ChecksumMode mode) {
    IpFamily family = advert.family();
    List<IpAddress> addresses = advert.addresses();
    boolean v2 = advert.version() == 2;
    int end = HEADER_OCTETS + addresses.size() * family.octets();
    byte[] bytes = new byte[v2 ? end + AUTHENTICATION_OCTETS : end];
    bytes[0] = (byte) (advert.version() << 4 | ADVERTISEMENT_TYPE);
    bytes[1] = (byte) advert.vrid();
    bytes[2] = (byte) advert.priority();
    bytes[3] = (byte) addresses.size();
    long nanos = advert.advertisementInterval().toNanos();
    if (v2) {
      bytes[4] = (byte) advert.authentication().type();
      bytes[5] = (byte) (nanos / NANOS_PER_SECOND);
      if (advert.authentication() instanceof Authentication.Password(Octets password)) {
        password.copyInto(bytes, end);
      }
    } else {
      long centiseconds = nanos / NANOS_PER_CENTISECOND;
      bytes[4] = (byte) (centiseconds >>> 8 & 0x0f);
      bytes[5] = (byte) centiseconds;
    }
    for (int i = 0; i < addresses.size(); i++) {
      addresses.get(i).writeTo(bytes, HEADER_OCTETS + i * family.octets());
    }
    boolean pseudo = !v2 && (family == IpFamily.IPV6 || mode == ChecksumMode.PSEUDO_HEADER);
    Octets unsummed = Octets.adopt(bytes);
    long sum = InternetChecksum.sum(unsummed);
    int checksum =
        InternetChecksum.fold(
            pseudo
                ? sum + InternetChecksum.pseudoHeader(source, destination, PROTOCOL, bytes.length)
                : sum);
    bytes[6] = (byte) (checksum >>> 8);
    bytes[7] = (byte) checksum;
    return unsummed;
  }

  /**
   * Reads a VRRP message of either version; any bytes give an answer.
   *
   * @param source of the IP packet
   * @param destination of the IP packet
   * @param mode of the sum in version 3 over IPv4
   * @param either whether version 3 over IPv4 may be summed the other way as well
   */
  public static Decoded decode(
      Octets message, IpAddress source, IpAddress destination, ChecksumMode mode, boolean either) {
    IpFamily family = source.family();
    if (message.length() < HEADER_OCTETS) {
      return new Decoded.Malformed(
          DropReason.TOO_SHORT,
          "invalid length " + message.length() + ", a message has at least " + HEADER_OCTETS);
    }
    int version = message.unsignedByte(0) >>> 4;
    if (version != 2 && version != 3) {
      return new Decoded.Malformed(DropReason.VERSION, "invalid version " + version);
    }
    if ((message.unsignedByte(0) & 0x0f) != ADVERTISEMENT_TYPE) {
      return new Decoded.Malformed(
          DropReason.TYPE, "invalid type " + (message.unsignedByte(0) & 0x0f) + ", not 1");
    }
    int count = message.unsignedByte(3);
    int expected = messageOctets(version, family, count);
    if (message.length() != expected) {
      return new Decoded.Malformed(
          message.length() < expected ? DropReason.TOO_SHORT : DropReason.TOO_LONG,
          "invalid length " + message.length() + ", " + count + " addresses make " + expected);
    }
    if (!checksumHolds(message, source, destination, mode, either)) {
      return new Decoded.Malformed(DropReason.CHECKSUM, "invalid checksum");
    }
    return new Decoded.Wellformed(read(message, version, family, count));
  }

  static int messageOctets(int version, IpFamily family, int count) {
    return HEADER_OCTETS + count * family.octets() + (version == 2 ? AUTHENTICATION_OCTETS : 0);
  }

  static boolean checksumHolds(
      Octets message, IpAddress source, IpAddress destination, ChecksumMode mode, boolean either) {
    long sum = InternetChecksum.sum(message);
    if (message.unsignedByte(0) >>> 4 == 2) {
      return InternetChecksum.fold(sum) == 0;
    }
    boolean ipv6 = source.family() == IpFamily.IPV6;
    boolean withPseudo = ipv6 || mode == ChecksumMode.PSEUDO_HEADER;
    long pseudo = InternetChecksum.pseudoHeader(source, destination, PROTOCOL, message.length());
    return InternetChecksum.fold(withPseudo ? sum + pseudo : sum) == 0
        || !ipv6 && either && InternetChecksum.fold(withPseudo ? sum : sum + pseudo) == 0;
  }

  /** Reads a message whose length is known to be right. */
  static Advertisement read(Octets message, int version, IpFamily family, int count) {
    IpAddress[] addresses = new IpAddress[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = IpAddress.read(message, HEADER_OCTETS + i * family.octets(), family);
    }
    return new Advertisement(
        version,
        family,
        message.unsignedByte(1),
        message.unsignedByte(2),
        interval(message, version),
        List.of(addresses),
        version == 2
            ? authentication(message, HEADER_OCTETS + count * family.octets())
            : Authentication.NONE);
  }

  private static Duration interval(Octets message, int version) {
    return version == 2
        ? Duration.ofSeconds(message.unsignedByte(5))
        : Duration.ofNanos((message.unsignedShort(4) & 0x0fff) * NANOS_PER_CENTISECOND);
  }

  private static Authentication authentication(Octets message, int at) {
    return switch (message.unsignedByte(4)) {
      case 1 -> new Authentication.Password(message.slice(at, at + AUTHENTICATION_OCTETS));
      case 2 -> Authentication.HEADER;
      default -> Authentication.NONE;
    };
  }
}
