package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;

/** What a run must show; every interval is half-open, {@code [from, to)}. */
public sealed interface Expectation {
  /** Its key in a scenario file. */
  String keyword();

  /** An interval of the run. */
  record Interval(Duration from, Duration to) {}

  /** A moment with tolerance: between {@code earliest} and {@code latest}, both included. */
  record Moment(Duration earliest, Duration latest) {}

  /** The host holds the address throughout, and nobody else does. */
  record Holder(IpAddress vip, String host, Interval interval) implements Expectation {
    @Override
    public String keyword() {
      return "holder";
    }
  }

  /** No address has two holders for longer than this. */
  record NoSplitBrain(Duration longerThan, Optional<IpAddress> vip, Optional<Interval> interval)
      implements Expectation {
    @Override
    public String keyword() {
      return "no-split-brain";
    }
  }

  /** The address has two or more holders, from one moment to another; empty: to the run's end. */
  record SplitBrain(IpAddress vip, Moment from, Optional<Moment> to) implements Expectation {
    @Override
    public String keyword() {
      return "split-brain";
    }
  }

  /** Nobody holds the address, from one moment to another; empty: to the run's end. */
  record Unheld(IpAddress vip, Moment from, Optional<Moment> to) implements Expectation {
    @Override
    public String keyword() {
      return "unheld";
    }
  }

  /** The address is without a holder no longer than this at a time, within the interval. */
  record UnheldAtMost(IpAddress vip, Duration longest, Optional<Interval> interval)
      implements Expectation {
    @Override
    public String keyword() {
      return "unheld-at-most";
    }
  }

  /**
   * From the named moment on, a new holder takes the address within this time.
   *
   * @param after the action's moment
   */
  record FailoverWithin(IpAddress vip, Duration after, Optional<String> to, Duration within)
      implements Expectation {
    @Override
    public String keyword() {
      return "failover";
    }
  }

  /** The holder changes between so many and so many times within the interval. */
  record Flaps(IpAddress vip, int atLeast, int atMost, Optional<Interval> interval)
      implements Expectation {
    @Override
    public String keyword() {
      return "flaps";
    }
  }

  /**
   * The client is without answers no longer than this; an HTTP error counts as none.
   *
   * @param longest of one outage; empty for no bound
   * @param total of all of them; empty for no bound
   * @param atLeast the longest outage lasts at least this; zero for no bound
   */
  record Outage(
      String client,
      Optional<Duration> longest,
      Optional<Duration> total,
      Duration atLeast,
      Optional<Interval> interval)
      implements Expectation {
    @Override
    public String keyword() {
      return "outage";
    }
  }

  /**
   * Whenever the client is answered in the interval, this host answers, and it is at least once.
   */
  record AnsweredBy(String client, String host, Interval interval) implements Expectation {
    @Override
    public String keyword() {
      return "answered-by";
    }
  }

  /**
   * Who answers the client's requests; judged are those that succeeded, in the order they were
   * sent.
   *
   * @param servers nobody but these, and each at least once; empty for any
   * @param alternating no server answers twice in a row while another could: each round of as many
   *     requests as there are servers reaches every one
   * @param sequence exactly these, one after the other; empty for any
   * @param shares percent of the requests, by server; empty for any
   * @param tolerance how many percentage points a share may differ
   */
  record ServedBy(
      String client,
      List<String> servers,
      boolean alternating,
      List<String> sequence,
      Map<String, Double> shares,
      double tolerance,
      Optional<Interval> interval)
      implements Expectation {
    public static final double DEFAULT_TOLERANCE = 2;

    public ServedBy {
      servers = List.copyOf(servers);
      sequence = List.copyOf(sequence);
    }

    @Override
    public String keyword() {
      return "served-by";
    }
  }

  /**
   * So many requests of the client fail.
   *
   * @param atLeast 0 for no bound
   * @param atMost empty for no bound of this sort
   * @param atMostPercent of all its requests, 0..100; empty for no bound of this sort
   * @param outcomes which failures count; empty for all
   */
  record Errors(
      String client,
      long atLeast,
      Optional<Long> atMost,
      Optional<Double> atMostPercent,
      List<RequestOutcome> outcomes,
      Optional<Interval> interval)
      implements Expectation {
    public Errors {
      outcomes = List.copyOf(outcomes);
      if (atMost.isPresent() && atMostPercent.isPresent()) {
        throw new IllegalArgumentException("at most a number or a percentage, not both");
      }
    }

    @Override
    public String keyword() {
      return "errors";
    }
  }

  /**
   * So long the client waits for an answer that succeeds.
   *
   * @param percentile 50..100: this percentage of the answers took no longer; 100 is the slowest
   */
  record Latency(String client, double percentile, Duration atMost, Optional<Interval> interval)
      implements Expectation {
    @Override
    public String keyword() {
      return "latency";
    }
  }

  /** Each user of the client, told by its address, is answered by one and the same server. */
  record Sticky(String client, Optional<Interval> interval) implements Expectation {
    @Override
    public String keyword() {
      return "sticky";
    }
  }

  /** How a proxy regards a server. */
  enum ServerCondition {
    UP,
    DOWN,
    DRAIN,
    MAINT
  }

  /**
   * The proxy regards the server so throughout.
   *
   * @param process empty if only one process of the host has such a server
   */
  record ServerState(
      String host,
      Optional<String> process,
      String proxy,
      String server,
      ServerCondition state,
      Interval interval)
      implements Expectation {
    @Override
    public String keyword() {
      return "server";
    }
  }

  /**
   * Every request of the client reaches exactly one live holder of the address and a healthy
   * server: it succeeds, and while it is under way nobody else holds the address.
   */
  record ReachesOne(String client, Interval interval) implements Expectation {
    @Override
    public String keyword() {
      return "reaches-one";
    }
  }

  /** The instance of the host is in this state throughout; states as keepalived names them. */
  record InState(String host, String instance, String state, Interval interval)
      implements Expectation {
    @Override
    public String keyword() {
      return "state";
    }
  }

  /**
   * A line that contains this text is logged, or a mail of this subject is sent, in the interval.
   */
  record Logged(Optional<String> host, String text, Optional<Interval> interval, boolean absent)
      implements Expectation {
    @Override
    public String keyword() {
      return absent ? "not-logged" : "logged";
    }
  }
}
