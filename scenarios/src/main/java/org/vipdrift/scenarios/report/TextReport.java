package org.vipdrift.scenarios.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.verdict.Figures.Answers;
import org.vipdrift.model.verdict.Figures.ClientFigures;
import org.vipdrift.model.verdict.Figures.Failover;
import org.vipdrift.model.verdict.Figures.VipFigures;
import org.vipdrift.model.verdict.Judgement;
import org.vipdrift.model.verdict.Link;
import org.vipdrift.model.verdict.Outcome;
import org.vipdrift.model.verdict.Prose;
import org.vipdrift.model.verdict.Span;
import org.vipdrift.model.verdict.Verdict;

/** The report for a person at a terminal, fit to be read aloud. */
public final class TextReport {
  private static final int MOST_FIRST = 120;
  private static final int MOST_LAST = 40;
  private static final int TIME_WIDTH = 11;
  private static final int MOST_LISTED = 8;

  /** A line of the story, wherever it comes from. */
  private record Told(long atNanos, String host, String text) {}

  private final Style style;
  private final Scenario scenario;
  private final Chronicle chronicle;
  private final Verdict verdict;
  private final StringBuilder out = new StringBuilder();
  private final Set<List<Link>> told = new LinkedHashSet<>();

  private TextReport(Scenario scenario, Chronicle chronicle, Verdict verdict, Style style) {
    this.scenario = scenario;
    this.chronicle = chronicle;
    this.verdict = verdict;
    this.style = style;
  }

  /**
   * The whole report, every line ended by a line feed.
   *
   * @param chronicle of the same run as the verdict
   * @param path what the command line calls the scenario, for the command that replays it
   * @param ranOn what it ran on, where that was not the simulation
   */
  public static String write(
      Scenario scenario,
      Chronicle chronicle,
      Verdict verdict,
      String path,
      Optional<String> ranOn,
      Style style) {
    TextReport report = new TextReport(scenario, chronicle, verdict, style);
    report.title();
    ranOn.ifPresent(where -> report.wrap("", "Ran on " + where + ".", ""));
    report.gaps();
    report.story();
    report.lanes();
    report.figures();
    report.judgements();
    report.out.append('\n').append(lastLine(verdict, path, style)).append('\n');
    return report.out.toString();
  }

  /** The verdict in one line and, unless all holds, the command that replays the run. */
  public static String lastLine(Verdict verdict, String path, Style style) {
    int all = verdict.expectations().size() + verdict.invariants().size();
    String replay = replay(path, verdict.seed());
    return switch (verdict.overall()) {
      case HOLDS -> style.good("holds") + ": all " + all + " judgements hold";
      case BROKEN ->
          style.bad("broken")
              + ": "
              + count(verdict, Outcome.BROKEN)
              + " of "
              + Prose.count(all, "judgement")
              + " broken; replay with: "
              + replay;
      case UNKNOWN ->
          style.doubtful("unknown")
              + ": "
              + count(verdict, Outcome.UNKNOWN)
              + " of "
              + Prose.count(all, "judgement")
              + " unknown; replay with: "
              + replay;
    };
  }

  /**
   * The command that runs a scenario again.
   *
   * @param path the scenario as a shell takes it
   */
  public static String replay(String path, long seed) {
    return "vipdrift run " + path + " --seed " + seed;
  }

  private static long count(Verdict verdict, Outcome outcome) {
    return verdict.expectations().stream().filter(j -> j.outcome() == outcome).count()
        + verdict.invariants().stream().filter(j -> j.outcome() == outcome).count();
  }

  private void title() {
    line(style.heading(scenario.title()));
    wrap("", scenario.about().strip(), "");
  }

  private void story() {
    heading("What happened");
    List<Told> lines = new ArrayList<>();
    for (Chronicle.Line line : chronicle.lines()) {
      lines.add(new Told(line.atNanos(), String.join(", ", line.hosts()), line.text()));
    }
    for (ClientFigures client : verdict.figures().clients()) {
      clientStory(client, lines);
    }
    lines.sort(Comparator.comparingLong(Told::atNanos));
    int hostWidth = Math.min(24, lines.stream().mapToInt(t -> t.host().length()).max().orElse(0));
    for (int i = 0; i < lines.size(); i++) {
      if (i == MOST_FIRST && lines.size() > MOST_FIRST + MOST_LAST) {
        i = lines.size() - MOST_LAST;
        line(
            " ".repeat(TIME_WIDTH + 2)
                + style.faint("... " + (i - MOST_FIRST) + " more lines ..."));
      }
      Told t = lines.get(i);
      String time = right(Prose.at(t.atNanos()), TIME_WIDTH);
      String head = style.faint(time) + "  " + left(t.host(), hostWidth) + "  ";
      wrap(head, t.text(), " ".repeat(TIME_WIDTH + hostWidth + 4), TIME_WIDTH + hostWidth + 4);
    }
    if (chronicle.leftOut() > 0) {
      line("  and " + Prose.count(chronicle.leftOut(), "further change"));
    }
  }

  private void clientStory(ClientFigures client, List<Told> lines) {
    for (Span outage : client.outages()) {
      boolean toTheEnd = outage.toNanos() >= verdict.end().toNanos();
      lines.add(
          new Told(
              outage.fromNanos(),
              client.client(),
              "gets no answer from "
                  + client.target()
                  + (toTheEnd ? " to the end" : " until " + Prose.at(outage.toNanos()))
                  + " ("
                  + Prose.length(outage.length())
                  + ")"));
    }
    List<Answers> answers = client.answers();
    for (int i = 0; i < answers.size() && i < MOST_FIRST; i++) {
      Answers run = answers.get(i);
      lines.add(
          new Told(
              run.firstAnswerNanos(),
              client.client(),
              "is answered by " + run.host().orElse("somebody") + (i == 0 ? "" : " now")));
    }
  }

  private void lanes() {
    SwimLane lane =
        new SwimLane(style, SwimLane.labels(scenario, verdict), verdict.end().toNanos());
    for (VipFigures vip : verdict.figures().vips()) {
      heading("Who held " + vip.vip());
      lane.draw(scenario, vip, verdict.figures().clients(), chronicle.marks()).forEach(this::line);
    }
    if (verdict.figures().vips().isEmpty()) {
      return;
    }
    out.append('\n');
    line(style.faint("  " + lane.legend()));
    List<Chronicle.Mark> marks = chronicle.marks();
    for (int i = 0; i < marks.size() && SwimLane.letter(i).isPresent(); i++) {
      Chronicle.Mark mark = marks.get(i);
      String head = "  " + SwimLane.letter(i).get() + "  " + right(Prose.at(mark.atNanos()), 10);
      wrap(head + "  ", mark.text(), " ".repeat(head.length() + 2), head.length() + 2);
    }
    if (marks.size() > SwimLane.MOST_LETTERS) {
      line("     and " + (marks.size() - SwimLane.MOST_LETTERS) + " more");
    }
  }

  private void figures() {
    heading("Figures");
    int width =
        verdict.figures().vips().stream()
            .mapToInt(v -> v.vip().toString().length())
            .max()
            .orElse(0);
    width = Math.max(width, "address".length());
    line(
        style.faint(
            "  "
                + left("address", width)
                + right("split-brain", 14)
                + right("unheld", 12)
                + right("moves", 8)
                + right("flaps", 8)));
    for (VipFigures vip : verdict.figures().vips()) {
      line(
          "  "
              + left(vip.vip().toString(), width)
              + right(Prose.length(vip.splitBrainTotal()), 14)
              + right(Prose.length(vip.unheldTotal()), 12)
              + right(Integer.toString(vip.holderChanges()), 8)
              + right(Integer.toString(vip.flaps().size()), 8));
    }
    for (VipFigures vip : verdict.figures().vips()) {
      for (int i = 0; i < vip.failovers().size() && i < MOST_LISTED; i++) {
        failover(vip, vip.failovers().get(i));
      }
      if (vip.failovers().size() > MOST_LISTED) {
        line("  and " + (vip.failovers().size() - MOST_LISTED) + " more moves of " + vip.vip());
      }
    }
    for (ClientFigures client : verdict.figures().clients()) {
      client(client);
    }
  }

  private void failover(VipFigures vip, Failover failover) {
    StringBuilder text = new StringBuilder();
    text.append(vip.vip()).append(" moved from ").append(failover.from());
    text.append(" to ").append(failover.to()).append(" at ").append(Prose.at(failover.atNanos()));
    if (failover.trigger().isPresent() && failover.sinceTrigger().isPresent()) {
      text.append(", ").append(Prose.length(failover.sinceTrigger().get()));
      text.append(" after ").append(failover.trigger().get());
    }
    if (failover.unheld().isPositive()) {
      text.append("; nobody held it for ").append(Prose.length(failover.unheld()));
    }
    wrap("  ", text.toString(), "    ", 2);
  }

  private void client(ClientFigures client) {
    Duration longest = Duration.ZERO;
    for (Span span : client.outages()) {
      longest = span.length().compareTo(longest) > 0 ? span.length() : longest;
    }
    long all = client.answered() + client.lost();
    String outages =
        client.outages().isEmpty()
            ? ""
            : ", "
                + Prose.count(client.outages().size(), "outage")
                + ", the longest of "
                + Prose.length(longest)
                + ", "
                + Prose.length(client.outageTotal())
                + " in all";
    String text =
        client.client()
            + " sent "
            + Prose.count(all, "request")
            + " to "
            + client.target()
            + ": "
            + client.answered()
            + " answered, "
            + client.lost()
            + " lost"
            + outages;
    wrap("  ", text, "    ", 2);
    client
        .requests()
        .filter(r -> all > 0)
        .ifPresent(r -> wrap("    ", RequestText.of(r), "    ", 4));
  }

  private void judgements() {
    heading("Verdict");
    verdict.expectations().forEach(this::judgement);
    verdict.invariants().forEach(this::judgement);
  }

  private void judgement(Judgement judgement) {
    String mark =
        switch (judgement.outcome()) {
          case HOLDS -> style.tick();
          case BROKEN -> style.cross();
          case UNKNOWN -> style.doubt();
        };
    wrap("  " + mark + " ", judgement.claim(), "    ", 4);
    if (judgement.outcome() != Outcome.HOLDS) {
      if (!judgement.expression().equals(judgement.claim())) {
        labelled("expected", judgement.expression());
      }
      labelled("but", judgement.finding());
    }
    causes(judgement);
    for (int i = 0; i < judgement.waivers().size() && i < MOST_LISTED; i++) {
      Judgement.Waiver waiver = judgement.waivers().get(i);
      labelled("except", waiver.what() + ", which is claimed by " + waiver.claimedBy());
    }
    if (judgement.waivers().size() > MOST_LISTED) {
      labelled("except", (judgement.waivers().size() - MOST_LISTED) + " more that are claimed");
    }
  }

  private void causes(Judgement judgement) {
    if (!judgement.causes().isEmpty() && !told.add(judgement.causes())) {
      labelled("because", "of the same as above");
      return;
    }
    for (int i = 0; i < judgement.causes().size(); i++) {
      Link link = judgement.causes().get(i);
      String arrow = i == 0 ? "" : style.arrow() + (link.inferred() ? " presumably: " : " ");
      labelled(i == 0 ? "because" : "", arrow + link.sentence());
    }
  }

  private void labelled(String label, String text) {
    wrap("      " + style.faint(left(label, 9)) + " ", text, " ".repeat(16), 16);
  }

  private void gaps() {
    if (chronicle.notModelled().isEmpty()) {
      return;
    }
    heading("Not modelled");
    List<String> gaps = chronicle.notModelled();
    gaps.stream().limit(MOST_LISTED).forEach(gap -> wrap("  ", gap, "    ", 2));
    if (gaps.size() > MOST_LISTED) {
      line("  and " + (gaps.size() - MOST_LISTED) + " more");
    }
  }

  private void heading(String text) {
    out.append('\n');
    line(style.heading(text));
    out.append('\n');
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }

  private void wrap(String head, String text, String indent) {
    wrap(head, text, indent, head.length());
  }

  /** Breaks the text at spaces; the head may hold invisible characters, so its width is given. */
  private void wrap(String head, String text, String indent, int headWidth) {
    if (text.isEmpty()) {
      return;
    }
    StringBuilder row = new StringBuilder(head);
    int width = headWidth;
    boolean fresh = true;
    for (String word : text.split("\\s+")) {
      if (!fresh && width + 1 + word.length() > style.columns()) {
        line(row.toString());
        row = new StringBuilder(indent);
        width = indent.length();
        fresh = true;
      }
      row.append(fresh ? "" : " ").append(word);
      width += word.length() + (fresh ? 0 : 1);
      fresh = false;
    }
    line(row.toString());
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
