package org.vipdrift.simulator.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs one script against the real HAProxy and against the simulated one: texts are equal, times
 * within 60 ms or a tenth.
 */
final class Comparison {
  /** A busy machine delays the real one. */
  private static final int ATTEMPTS = 3;

  private static final Pattern ADDRESS = Pattern.compile("(127\\.0\\.0\\.1|20\\.0\\.0\\.\\d+)");
  private static final Pattern PORT = Pattern.compile("A:\\d+");
  private static final Pattern DATE = Pattern.compile("\\[[^\\]]*\\d{4}:[^\\]]*\\]");
  private static final Pattern TIMERS = Pattern.compile(" (-?\\d+(?:/-?\\d+){2,4}) ");
  private static final Pattern OLD_COOKIE = Pattern.compile("\\|[A-Za-z0-9+/_-]{5}");

  /** A hash of the server's address. */
  private static final Pattern DYNAMIC_COOKIE = Pattern.compile("=[0-9a-f]{16}(?=;)");

  /** Port, milliseconds and times in the Common Log Format. */
  private static final Pattern COMMON_LOG =
      Pattern.compile(
          "\"\" \"\" \\d+ \\d+ ((?:\"[^\"]*\" ){3})(-?)\\d+ (-?)\\d+ (-?)\\d+ (-?)\\d+ (-?)\\d+");

  private static final Pattern PROXY_PORTS = Pattern.compile("(PROXY TCP4 A A) \\d+ \\d+");

  /** What a script saw: lines, and the times in them. */
  private static final class Notes {
    final List<String> lines = new ArrayList<>();
    final List<Long> times = new ArrayList<>();

    void got(Bench.Got got) {
      lines.add(same(got.text()) + "<" + got.end() + ">");
      times.add(got.milliseconds());
    }

    void log(String line) {
      String text = DATE.matcher(same(line)).replaceAll("[T]");
      Matcher timers = TIMERS.matcher(text);
      StringBuilder without = new StringBuilder();
      if (timers.find()) {
        StringBuilder signs = new StringBuilder();
        for (String timer : timers.group(1).split("/")) {
          long value = Long.parseLong(timer);
          signs.append(value < 0 ? "-" : "+");
          times.add(value);
        }
        timers.appendReplacement(without, " " + signs + " ");
      }
      timers.appendTail(without);
      lines.add("log " + COMMON_LOG.matcher(without).replaceAll("\"\" \"\" P M $1$2+$3+$4+$5+$6+"));
    }
  }

  private static String same(String text) {
    String plain = ADDRESS.matcher(text).replaceAll("A");
    plain = DYNAMIC_COOKIE.matcher(plain).replaceAll("=HASH");
    plain = PROXY_PORTS.matcher(plain).replaceAll("$1 P P");
    return OLD_COOKIE.matcher(PORT.matcher(plain).replaceAll("A:P")).replaceAll("|DATE");
  }

  /** What a script does. */
  static final class Script {
    private final Bench bench;
    private final Notes notes;

    private Script(Bench bench, Notes notes) {
      this.bench = bench;
      this.notes = notes;
    }

    Script get(String path, String... headers) {
      return ask("GET", path, headers);
    }

    Script ask(String method, String path, String... headers) {
      return raw(request(method, path, headers));
    }

    static String request(String method, String path, String... headers) {
      StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: h\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      return text.append("\r\n").toString();
    }

    Script raw(String request) {
      notes.got(bench.ask(request));
      return log();
    }

    Script getSecurely(String serverName, String path, String... headers) {
      notes.got(bench.askSecurely(serverName, request("GET", path, headers)));
      return log();
    }

    Script converse(String... paths) {
      List<String> requests = new ArrayList<>();
      for (String path : paths) {
        requests.add(request("GET", path));
      }
      bench.converse(requests).forEach(notes::got);
      return log();
    }

    Script together(int apart, String... paths) {
      List<String> requests = new ArrayList<>();
      for (String path : paths) {
        requests.add(request("GET", path));
      }
      bench.together(apart, requests).forEach(notes::got);
      return log();
    }

    Script mode(String server, String mode) {
      bench.mode(server, mode);
      return this;
    }

    Script answers(String server, String status, String headers) {
      bench.answers(server, status, headers);
      return this;
    }

    Script seen(String... servers) {
      for (String server : servers) {
        bench.seen(server).forEach(request -> notes.lines.add(server + " saw " + same(request)));
      }
      return this;
    }

    Script pause(int milliseconds) {
      bench.pause(milliseconds);
      return this;
    }

    private Script log() {
      bench.log().forEach(notes::log);
      return this;
    }
  }

  private Comparison() {}

  private static boolean agree(Notes simulated, Notes real) {
    if (!simulated.lines.equals(real.lines)) {
      return false;
    }
    for (int at = 0; at < real.times.size(); at++) {
      long expected = real.times.get(at);
      if (Math.abs(simulated.times.get(at) - expected) > tolerance(expected)) {
        return false;
      }
    }
    return true;
  }

  private static long tolerance(long milliseconds) {
    return Math.max(60, milliseconds / 10);
  }

  static void compare(String configuration, Consumer<Script> script) {
    Assumptions.assumeTrue(RealBench.isInstalled(), "haproxy 2.6 is not installed");
    Notes simulated = new Notes();
    try (Bench bench = new SimulatedBench(configuration)) {
      script.accept(new Script(bench, simulated));
    }
    Notes real = new Notes();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      real = new Notes();
      try (Bench bench = new RealBench(configuration)) {
        script.accept(new Script(bench, real));
      }
      if (agree(simulated, real)) {
        return;
      }
    }
    assertThat(String.join("\n", simulated.lines)).isEqualTo(String.join("\n", real.lines));
    for (int at = 0; at < real.times.size(); at++) {
      long expected = real.times.get(at);
      long tolerance = tolerance(expected);
      assertThat(simulated.times.get(at))
          .as("time %d of %s, real ones %s", at, simulated.times, real.times)
          .isBetween(expected - tolerance, expected + tolerance);
    }
  }
}
