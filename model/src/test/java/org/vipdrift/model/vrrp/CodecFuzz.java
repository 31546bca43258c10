package org.vipdrift.model.vrrp;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/**
 * Throws mutated adverts at the receive checks: {@code CodecFuzz [count] [seed]}. Any exception is
 * a bug; at the end it prints how often each verdict came.
 *
 * <p>Ten million packets take less than a minute of CPU. From the root of the repository:
 *
 * <pre>{@code
 * mvn -q -pl model test-compile
 * java -XX:+UseSerialGC -cp model/target/classes:model/target/test-classes \
 *     org.vipdrift.model.vrrp.CodecFuzz 10000000 1
 * }</pre>
 */
public final class CodecFuzz {
  private CodecFuzz() {}

  public static void main(String[] arguments) {
    long count = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Map<DropReason, Long> verdicts = new EnumMap<>(DropReason.class);
    long accepted = run(count, seed, verdicts);
    System.out.println(count + " packets, seed " + seed + ": " + accepted + " accepted");
    verdicts.forEach((reason, times) -> System.out.println(reason.traceName() + " " + times));
  }

  static long run(long count, long seed, Map<DropReason, Long> verdicts) {
    Random random = new Random(seed);
    long accepted = 0;
    for (long i = 0; i < count; i++) {
      Advertisement advert = CodecPropertiesTest.random(random);
      VirtualRouterSettingsBuilder builder =
          VirtualRouterSettings.builder("VI_1", "eth0", advert.vrid())
              .version(advert.version())
              .family(advert.family())
              .advertisementInterval(advert.advertisementInterval())
              .authentication(advert.authentication())
              .virtualAddresses(
                  advert.addresses().stream()
                      .map(address -> VirtualAddress.of(address.toString()))
                      .toList())
              .dialect(Dialect.values()[random.nextInt(Dialect.values().length)]);
      VirtualRouterSettings settings = builder.build();
      IpAddress source = CodecPropertiesTest.address(random, advert.family());
      ReceivedPacket packet = mutated(random, advert, settings, source);
      switch (ReceiveChecks.check(settings, VrrpRouterState.initial(settings), packet)) {
        case ReceiveChecks.Checked.Accepted _ -> accepted++;
        case ReceiveChecks.Checked.Dropped dropped ->
            verdicts.merge(dropped.reason(), 1L, Long::sum);
      }
    }
    return accepted;
  }

  private static ReceivedPacket mutated(
      Random random, Advertisement advert, VirtualRouterSettings settings, IpAddress source) {
    IpAddress group = settings.multicastGroup();
    byte[] bytes =
        AdvertisementCodec.encode(advert, source, group, settings.dialect().checksumMode())
            .toByteArray();
    for (int flips = random.nextInt(3); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    if (random.nextInt(4) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
    }
    boolean header = advert.authentication().type() == 2;
    return new ReceivedPacket(
        Octets.adopt(bytes), source, group, random.nextInt(20) == 0 ? 64 : 255, header, 0);
  }
}
