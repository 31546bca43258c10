package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

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
   * The client is without answers no longer than this.
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
