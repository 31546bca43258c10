package org.vipdrift.model.config.haproxy;

/** Checks {@code cpu-map}. */
final class CpuMap {
  private CpuMap() {}

  static boolean check(Reading reading, Line line) {
    boolean right = line.has(2);
    String threads = line.text(1);
    threads = threads.startsWith("auto:") ? threads.substring(5) : threads;
    for (String part : threads.split("/", -1)) {
      right &=
          part.equals("all") || part.equals("odd") || part.equals("even") || range(part, 1, 64);
    }
    for (int i = 2; line.has(i); i++) {
      for (String part : line.text(i).split(",", -1)) {
        right &= range(part, 0, 1023);
      }
    }
    if (!right) {
      reading.log.error(
          "bad-cpu-map",
          "cpu-map expects a thread (all, odd, even, a number from 1 to 64 or a range) and ranges"
              + " of CPUs",
          line.span());
    }
    return right;
  }

  static boolean range(String text, int least, int most) {
    int dash = text.indexOf('-');
    return dash < 0
        ? Numbers.whole(text, least, most).isPresent()
        : Numbers.whole(text.substring(0, dash), least, most).isPresent()
            && (dash == text.length() - 1
                || Numbers.whole(text.substring(dash + 1), least, most).isPresent());
  }
}
