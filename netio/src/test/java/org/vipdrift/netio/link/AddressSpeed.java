package org.vipdrift.netio.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.netio.ScratchNamespace;

/** Measures, as a program, how fast addresses come and go and whether anything stays behind. */
final class AddressSpeed {
  private static final int ADDRESSES = 255;
  private static final int CYCLES = 10_000;

  private AddressSpeed() {}

  public static void main(String[] arguments) throws IOException {
    try (ScratchNamespace scratch = ScratchNamespace.open();
        RouteSocket socket = scratch.call(RouteSocket::open)) {
      scratch.connect("e0", scratch, "e1");
      for (int round = 1; round <= 8; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < ADDRESSES; i++) {
          check(socket.addAddress("e0", address(i), AddressAttributes.NONE));
        }
        long added = System.nanoTime();
        for (int i = 0; i < ADDRESSES; i++) {
          check(socket.removeAddress("e0", address(i), Optional.empty()));
        }
        long removed = System.nanoTime();
        System.out.printf(
            "round %d: %d addresses added in %.1f ms, removed in %.1f ms%n",
            round, ADDRESSES, (added - start) / 1e6, (removed - added) / 1e6);
      }
      for (int round = 0; round <= 5; round++) {
        for (int i = 0; round > 0 && i < CYCLES; i++) {
          check(socket.addAddress("e0", address(0), AddressAttributes.NONE));
          check(socket.removeAddress("e0", address(0), Optional.empty()));
        }
        System.gc();
        System.out.println("after " + round * CYCLES + " cycles: " + footprint(socket));
      }
    }
  }

  private static void check(RouteOutcome outcome) {
    if (!outcome.isDone()) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  private static String footprint(RouteSocket socket) throws IOException {
    long resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count()
          + " descriptors, "
          + resident
          + " kB resident, "
          + socket.addresses().size()
          + " addresses";
    }
  }

  private static IpPrefix address(int number) {
    return new IpPrefix(new IpAddress.V4(0x14000100 + number), 32);
  }
}
