package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.netio.link.TimedTap;

/**
 * Random and mutated VRRP packets from the peer's host, as fast as one thread sends, at a node that
 * is master of one virtual router and keepalived's backup of another.
 */
final class Flood implements Measure {
  private static final String NAME = "flood";
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int FRAMES = 4096;
  private static final int ETHERNET = 14;
  private static final int IP = 20;
  private static final int BURST = 64;
  private static final Pattern DROPPED = Pattern.compile("\"([A-Za-z_-]+)\"\\s*:\\s*([0-9]+)");

  private static final Pattern REFUSED = Pattern.compile("\"dropped-[a-z-]+\"\\s*:\\s*([0-9]+)");

  private final Endurance.Plan plan;
  private final Random random = new Random(1);

  Flood(Endurance.Plan plan) {
    this.plan = plan;
  }

  @Override
  public List<Result> run() throws IOException, InterruptedException {
    try (Pair pair = Pair.open(plan.launcher());
        TimedTap peer = TimedTap.open(pair.second().namespace(), "eth0", false)) {
      Daemon theirs =
          pair.keepalived(
              pair.second(), Configuration.of(2, INTERVAL, vrid -> vrid == 1 ? 100 : 200));
      Daemon ours =
          pair.vipdrift(
              pair.first(),
              Configuration.of(2, INTERVAL, vrid -> vrid == 1 ? 200 : 100),
              Optional.empty());
      theirs.awaitReady();
      ours.awaitReady();
      Thread.sleep(Duration.ofSeconds(8));
      long changes = ours.stateChanges();
      int descriptors = ours.descriptors();
      Duration time = plan.lasting(Duration.ofSeconds(20), Duration.ofMinutes(5));
      plan.progress().accept("a flood of " + time.toSeconds() + " s");
      double residentBefore = ours.residentMebibytes();
      long sent = flood(peer, time);
      Thread.sleep(Duration.ofSeconds(4));
      long counted = counted(pair);
      List<Result> results = new ArrayList<>();
      results.add(Result.of(NAME, "packets", "1/s", sent / (double) time.toSeconds()));
      results.add(Result.of(NAME, "changes of state", "", ours.stateChanges() - changes).atMost(0));
      results.add(
          Result.of(NAME, "drops counted by reason", "% of sent", 100.0 * counted / sent)
              .within("all", counted >= sent));
      results.add(
          Result.of(NAME, "descriptors more than before", "", ours.descriptors() - descriptors)
              .atMost(0));
      results.add(
          Result.of(
              NAME, "memory more than before", "MiB", ours.residentMebibytes() - residentBefore));
      results.add(Result.of(NAME, "exit code of a later stop", "", ours.stop()).atMost(0));
      return results;
    }
  }

  private long flood(TimedTap peer, Duration time) {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      frames.add(frame());
    }
    long end = System.nanoTime() + time.toNanos();
    long sent = 0;
    int next = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < BURST; i++) {
        sent += peer.send(frames.get(next)) ? 1 : 0;
        next = (next + 1) % FRAMES;
      }
    }
    return sent;
  }

  /** Never one that a router must believe: its checksum is wrong, or the rest is. */
  private byte[] frame() {
    int length = random.nextInt(8, 64);
    byte[] frame = new byte[ETHERNET + IP + length];
    random.nextBytes(frame);
    byte[] group = {0x01, 0x00, 0x5e, 0x00, 0x00, 0x12};
    System.arraycopy(group, 0, frame, 0, group.length);
    frame[6] = 0x02;
    frame[12] = 0x08;
    frame[13] = 0x00;
    byte[] header = {
      0x45,
      (byte) 0xc0,
      0,
      (byte) (IP + length),
      0,
      1,
      0,
      0,
      (byte) 255,
      112,
      0,
      0,
      10,
      9,
      0,
      2,
      (byte) 224,
      0,
      0,
      18
    };
    if (random.nextInt(4) == 0) {
      header[8] = (byte) random.nextInt(255);
    }
    System.arraycopy(header, 0, frame, ETHERNET, IP);
    int sum = sum(frame, ETHERNET, ETHERNET + IP, 0);
    frame[ETHERNET + 10] = (byte) (~sum >>> 8);
    frame[ETHERNET + 11] = (byte) ~sum;
    if (random.nextBoolean()) {
      mutated(frame);
    }
    return frame;
  }

  /** Like an advert of one of both virtual routers, and wrong at one place at least. */
  private void mutated(byte[] frame) {
    int message = ETHERNET + IP;
    frame[message] = 0x31;
    frame[message + 1] = (byte) (1 + random.nextInt(2));
    frame[message + 2] = (byte) random.nextInt(1, 255);
    frame[message + 3] = 1;
    frame[message + 4] = 0;
    frame[message + 5] = 100;
    int at = message + 6;
    frame[at] = 0;
    frame[at + 1] = 0;
    int pseudo = sum(frame, ETHERNET + 12, ETHERNET + 20, 112 + frame.length - message);
    int right = ~sum(frame, message, frame.length, pseudo);
    int wrong = right ^ 1 << random.nextInt(16);
    frame[at] = (byte) (wrong >>> 8);
    frame[at + 1] = (byte) wrong;
  }

  private static int sum(byte[] octets, int from, int to, int begin) {
    int sum = begin;
    for (int i = from; i < to; i += 2) {
      sum += (octets[i] & 0xff) << 8 | (i + 1 < to ? octets[i + 1] & 0xff : 0);
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }

  /** All that the node says to have dropped: at its sockets, and in its instances. */
  private long counted(Pair pair) throws IOException {
    // 1 tells of a split-brain alarm, which packets from a second master do raise.
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "\"$@\" || test $? -eq 1", "status"));
    command.addAll(plan.launcher());
    command.addAll(List.of("status", "--json"));
    String json = Processes.run(pair.first().inside(command));
    Matcher refused = REFUSED.matcher(json);
    long sum = refused.results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    int at = json.indexOf("\"dropped\"");
    while (at >= 0) {
      int end = json.indexOf('}', at);
      Matcher each = DROPPED.matcher(json.substring(at, end));
      while (each.find()) {
        sum += Long.parseLong(each.group(2));
      }
      at = json.indexOf("\"dropped\"", end);
    }
    return sum;
  }
}
