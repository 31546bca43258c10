package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;

class CodecPropertiesTest {
  /** A random well-formed advert of version 2, or of version 3 over either family. */
  static Advertisement random(Random random) {
    int version = random.nextBoolean() ? 2 : 3;
    IpFamily family = version == 3 && random.nextBoolean() ? IpFamily.IPV6 : IpFamily.IPV4;
    List<IpAddress> addresses = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      addresses.add(address(random, family));
    }
    Authentication authentication =
        switch (version == 2 ? random.nextInt(3) : 0) {
          case 0 -> Authentication.NONE;
          case 1 -> Authentication.Password.of(Integer.toString(random.nextInt(), 36));
          default -> Authentication.HEADER;
        };
    return new Advertisement(
        version,
        family,
        1 + random.nextInt(255),
        random.nextInt(256),
        version == 2
            ? Duration.ofSeconds(1 + random.nextInt(255))
            : Duration.ofMillis(10L * (1 + random.nextInt(4095))),
        addresses,
        authentication);
  }

  static IpAddress address(Random random, IpFamily family) {
    return switch (family) {
      case IPV4 -> new IpAddress.V4(random.nextInt());
      case IPV6 -> new IpAddress.V6(random.nextLong(), random.nextLong());
    };
  }

  @Property
  @Requirement({"P3", "P4", "P13"})
  void decodingAnEncodedAdvertGivesItBack(@ForAll long seed, @ForAll ChecksumMode mode) {
    Random random = new Random(seed);
    Advertisement advert = random(random);
    IpAddress source = address(random, advert.family());
    IpAddress destination = address(random, advert.family());
    Octets message = AdvertisementCodec.encode(advert, source, destination, mode);
    assertThat(AdvertisementCodec.decode(message, source, destination, mode, false))
        .isEqualTo(new AdvertisementCodec.Decoded.Wellformed(advert));
  }

  @Property
  void everyFlippedBitIsNoticed(@ForAll long seed, @ForAll @IntRange(max = 7) int bit) {
    Random random = new Random(seed);
    Advertisement advert = random(random);
    IpAddress source = address(random, advert.family());
    Octets message =
        AdvertisementCodec.encode(advert, source, source, ChecksumMode.NO_PSEUDO_HEADER);
    byte[] bytes = message.toByteArray();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << bit);
    assertThat(
            AdvertisementCodec.decode(
                Octets.copyOf(bytes), source, source, ChecksumMode.NO_PSEUDO_HEADER, false))
        .isInstanceOf(AdvertisementCodec.Decoded.Malformed.class);
  }

  @Property
  void anyBytesGiveAnAnswer(@ForAll @Size(max = 80) byte[] bytes, @ForAll IpFamily family) {
    IpAddress source = address(new Random(1), family);
    assertThat(
            AdvertisementCodec.decode(
                Octets.copyOf(bytes), source, source, ChecksumMode.PSEUDO_HEADER, true))
        .isNotNull();
    VirtualRouterSettings settings = Router.settings(100).build();
    assertThat(
            ReceiveChecks.check(
                settings,
                VrrpRouterState.initial(settings),
                new ReceivedPacket(Octets.copyOf(bytes), source, source, 255, 0)))
        .isInstanceOf(ReceiveChecks.Checked.Dropped.class);
  }
}
