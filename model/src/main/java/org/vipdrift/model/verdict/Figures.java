package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;

/**
 * The numbers of a run.
 *
 * @param vips by address
 * @param clients in the scenario's order
 * @param interventions how often something was done to the cluster
 */
public record Figures(List<VipFigures> vips, List<ClientFigures> clients, int interventions) {
  public Figures {
    vips = List.copyOf(vips);
    clients = List.copyOf(clients);
  }

  public Optional<VipFigures> vip(IpAddress address) {
    return vips.stream().filter(v -> v.vip().equals(address)).findFirst();
  }

  /** A stretch in which a host held an address; the same host's stretches do not touch. */
  public record Hold(String host, Span span) {}

  /**
   * The address moved.
   *
   * @param from the holder before
   * @param to the holder after
   * @param atNanos when the new holder took it
   * @param trigger what was done to the cluster to bring it about; empty if nothing is known
   * @param sinceTrigger from that to the new holder
   * @param unheld how long nobody held it before
   */
  public record Failover(
      String from,
      String to,
      long atNanos,
      Optional<String> trigger,
      Optional<Duration> sinceTrigger,
      Duration unheld) {}

  /**
   * The address went to another host and back, and nothing was done to the cluster in between.
   *
   * @param away while it was there
   */
  public record Flap(String home, String other, Span away) {}

  /**
   * The figures of one address.
   *
   * @param holds by beginning
   * @param splitBrain when it had two holders or more
   * @param unheld when nobody held it, counted from the first start of a keepalived
   * @param holderChanges how often another host came to hold it last
   */
  public record VipFigures(
      IpAddress vip,
      List<Hold> holds,
      List<Span> splitBrain,
      List<Span> unheld,
      List<Failover> failovers,
      int holderChanges,
      List<Flap> flaps) {
    public VipFigures {
      holds = List.copyOf(holds);
      splitBrain = List.copyOf(splitBrain);
      unheld = List.copyOf(unheld);
      failovers = List.copyOf(failovers);
      flaps = List.copyOf(flaps);
    }

    public Duration splitBrainTotal() {
      return total(splitBrain);
    }

    public Duration unheldTotal() {
      return total(unheld);
    }
  }

  /**
   * The figures of one client.
   *
   * @param outages windows without answers, each from the last answered request to the next
   * @param answers who answered, one entry per change
   * @param requests more about HTTP requests; empty for a client that pings
   */
  public record ClientFigures(
      String client,
      IpAddress target,
      long answered,
      long lost,
      List<Span> outages,
      List<Answers> answers,
      Optional<RequestFigures> requests) {
    public ClientFigures {
      outages = List.copyOf(outages);
      answers = List.copyOf(answers);
    }

    public Duration outageTotal() {
      return total(outages);
    }
  }

  /**
   * Answers of one host in a row.
   *
   * @param host empty if the testbed could not tell
   * @param span from the first to the last of the requests they answered
   * @param firstAnswerNanos when the first of these answers came
   * @param count how many there were
   */
  public record Answers(Optional<String> host, Span span, long firstAnswerNanos, long count) {}

  /**
   * The figures of a client's HTTP requests.
   *
   * @param ok how many succeeded
   * @param failures how many failed, by outcome; only those that occurred
   * @param servers who served those that succeeded, by name
   * @param median what half of those that succeeded took no longer than; so the others; all at most
   *     1 % too high
   */
  public record RequestFigures(
      long ok,
      List<OutcomeCount> failures,
      List<ServerCount> servers,
      Duration median,
      Duration ninetieth,
      Duration ninetyNinth,
      Duration slowest) {
    public RequestFigures {
      failures = List.copyOf(failures);
      servers = List.copyOf(servers);
    }
  }

  /** How many requests ended so. */
  public record OutcomeCount(RequestOutcome outcome, long count) {}

  /** How many requests a host served; without a name those whose page does not tell. */
  public record ServerCount(Optional<String> server, long count) {}

  static Duration total(List<Span> spans) {
    long nanos = 0;
    for (Span span : spans) {
      nanos += span.lengthNanos();
    }
    return Duration.ofNanos(nanos);
  }
}
