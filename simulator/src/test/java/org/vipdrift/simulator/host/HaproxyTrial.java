package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One configuration, what is done to its servers and said on its stats socket at which second, and
 * who asks it for pages; {@link RealTrial} and {@link SimulatedTrial} carry it out.
 *
 * <p>In the configuration {@code @{name}} stands for the address of a server, {@code @{bind:name}}
 * for that of a frontend, {@code @{log}} for the log's.
 */
final class HaproxyTrial {
  private static final Pattern SERVER = Pattern.compile("@\\{([a-z0-9]+)}");
  private static final Pattern BIND = Pattern.compile("@\\{bind:([a-z0-9-]+)}");
  private static final Pattern SESSIONS = Pattern.compile("([0-9]+) sessions active");
  private static final Pattern ABOUT =
      Pattern.compile("(?:[Ss]erver |^(?:backend|proxy) )([\\w.-]+)");

  final List<Timed> deeds = new ArrayList<>();
  final List<Visitor> visitors = new ArrayList<>();
  private final String configuration;

  HaproxyTrial(String configuration) {
    this.configuration = configuration;
  }

  /** What is done. */
  sealed interface Deed {
    /** What is done to a server. */
    record ToServer(String server, Fate fate) implements Deed {}

    /** What is said on the stats socket. */
    record Say(String command) implements Deed {}
  }

  /** What may happen to a server. */
  enum Fate {
    KILLED,
    STARTED,
    /** Answers 500. */
    FAILING,
    RECOVERED,
    /** Its kernel accepts, and it says nothing. */
    HANGING,
    AWAKE,
    /** Its kernel answers no connection request. */
    MUTE,
    HEARD
  }

  record Timed(double at, Deed deed) {}

  /** Asks a frontend for a page again and again; its name is the frontend's. */
  record Visitor(String frontend, double from, double every, int times) {}

  /** A line of the log, in seconds since the start. */
  record Line(double at, String text) {}

  /**
   * What was seen.
   *
   * @param answers of the stats socket, in order
   * @param served by frontend: the server, or the status, of each request
   */
  record Findings(List<Line> log, List<String> answers, Map<String, List<String>> served) {}

  HaproxyTrial at(double seconds, String server, Fate fate) {
    deeds.add(new Timed(seconds, new Deed.ToServer(server, fate)));
    return this;
  }

  /** Says something at a time at which nothing else is said. */
  HaproxyTrial say(double exactly, String command) {
    double seconds = Math.round(exactly * 1_000) / 1e3;
    if (deeds.stream().anyMatch(d -> d.at() == seconds && d.deed() instanceof Deed.Say)) {
      throw new IllegalArgumentException("something is said at " + seconds + " s already");
    }
    deeds.add(new Timed(seconds, new Deed.Say(command)));
    return this;
  }

  HaproxyTrial visit(String frontend, double from, double every, int times) {
    visitors.add(new Visitor(frontend, from, every, times));
    return this;
  }

  List<String> servers() {
    TreeSet<String> names = new TreeSet<>(found(SERVER));
    names.remove("log");
    return List.copyOf(names);
  }

  List<String> frontends() {
    return List.copyOf(new TreeSet<>(found(BIND)));
  }

  private List<String> found(Pattern pattern) {
    return pattern.matcher(configuration).results().map(r -> r.group(1)).toList();
  }

  String configuration(Map<String, String> places) {
    String text = configuration;
    for (Map.Entry<String, String> place : places.entrySet()) {
      text = text.replace("@{" + place.getKey() + "}", place.getValue());
    }
    return text;
  }

  /** When the first thing happens, before which both are only starting. */
  double begins() {
    return deeds.stream()
        .mapToDouble(Timed::at)
        .min()
        .orElse(visitors.stream().mapToDouble(Visitor::from).min().orElse(0));
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  /**
   * Where two runs disagree: other lines about a backend from {@code from} on, other times between
   * two lines where nothing is done between them, other servers. When a fault meets a check is
   * chance, so the time up to the first line after a fault is not compared.
   */
  List<String> differences(Findings real, Findings simulated, double from) {
    List<String> differences = new ArrayList<>();
    Map<String, List<Line>> expected = byBackend(real.log(), from);
    Map<String, List<Line>> found = byBackend(simulated.log(), from);
    TreeSet<String> backends = new TreeSet<>(expected.keySet());
    backends.addAll(found.keySet());
    for (String backend : backends) {
      compareLines(
          backend,
          expected.getOrDefault(backend, List.of()),
          found.getOrDefault(backend, List.of()),
          differences);
    }
    if (!real.served().equals(simulated.served())) {
      differences.add("served: HAProxy " + real.served() + "\n   simulated " + simulated.served());
    }
    return differences;
  }

  private void compareLines(
      String backend, List<Line> expected, List<Line> found, List<String> differences) {
    List<String> texts = found.stream().map(Line::text).toList();
    List<String> expectedTexts = expected.stream().map(Line::text).toList();
    int same = 0;
    while (same < Math.min(texts.size(), expectedTexts.size())
        && isSame(texts.get(same), expectedTexts.get(same))) {
      same++;
    }
    if (same < Math.max(texts.size(), expectedTexts.size())) {
      differences.add(
          "%s, line %d of %d and %d:%n  HAProxy:   %s%n  simulated: %s"
              .formatted(
                  backend,
                  same + 1,
                  expectedTexts.size(),
                  texts.size(),
                  same < expectedTexts.size() ? expected.get(same) : "nothing",
                  same < texts.size() ? found.get(same) : "nothing"));
      return;
    }
    for (int i = 1; i < found.size(); i++) {
      double gap = found.get(i).at() - found.get(i - 1).at();
      double realGap = expected.get(i).at() - expected.get(i - 1).at();
      if (phase(found.get(i).at()) == phase(found.get(i - 1).at())
          && phase(expected.get(i).at()) == phase(expected.get(i - 1).at())
          && Math.abs(gap - realGap) > Math.max(0.06, 0.1 * realGap)) {
        differences.add(
            "%s: %.3f s instead of %.3f s before %s"
                .formatted(backend, gap, realGap, found.get(i).text()));
      }
    }
  }

  /**
   * HAProxy may tell of a server before or after it has counted out the session that failed there:
   * whichever of its tasks comes first in that millisecond.
   */
  private static boolean isSame(String text, String expected) {
    Matcher ours = SESSIONS.matcher(text);
    Matcher theirs = SESSIONS.matcher(expected);
    if (text.equals(expected) || !ours.find() || !theirs.find()) {
      return text.equals(expected);
    }
    int more = Integer.parseInt(theirs.group(1)) - Integer.parseInt(ours.group(1));
    return Math.abs(more) <= 1 && ours.replaceFirst("").equals(theirs.replaceFirst(""));
  }

  private long phase(double at) {
    return deeds.stream().filter(d -> d.at() <= at).count();
  }

  private static Map<String, List<Line>> byBackend(List<Line> lines, double from) {
    Map<String, List<Line>> sorted = new TreeMap<>();
    for (Line line : lines) {
      Matcher about = ABOUT.matcher(line.text());
      if (line.at() >= from && about.find()) {
        sorted
            .computeIfAbsent(about.group(1), _ -> new ArrayList<>())
            .add(new Line(line.at(), plain(line.text())));
      }
    }
    return sorted;
  }

  private static String plain(String text) {
    return text.replaceAll("check duration: [0-9]+ms", "check duration: ...");
  }

  /** Puts the addresses in. */
  static Map<String, String> places(String log) {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("log", log);
    return places;
  }
}
