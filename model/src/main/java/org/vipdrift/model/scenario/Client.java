package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/**
 * A machine on a segment that uses the cluster, or a crowd of users.
 *
 * <p>A crowd is one load generator: a single machine with one network card and one ARP cache, which
 * has {@code count} consecutive addresses; each user has an address, connections and cookies of its
 * own. What differs between machines, such as stale ARP entries, needs clients of their own.
 *
 * @param address of the machine; of a crowd the first
 * @param count how many users; at least 1
 * @param gateway where packets for other networks go
 * @param start when each user sends its first request
 * @param activity what each user does again and again
 * @param every from one request to the next of the same user, whether answered or not; positive
 * @param timeout after which a request counts as lost; positive
 * @param requests after how many requests each user ends; empty for no end
 */
public record Client(
    String name,
    String segment,
    IpPrefix address,
    int count,
    Optional<IpAddress> gateway,
    Start start,
    Activity activity,
    Duration every,
    Duration timeout,
    Optional<Integer> requests) {
  public static final Duration DEFAULT_EVERY = Duration.ofMillis(200);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

  /** A single machine that pings from the start of the run to its end. */
  public Client(
      String name,
      String segment,
      IpPrefix address,
      IpAddress ping,
      Duration every,
      Duration timeout) {
    this(
        name,
        segment,
        address,
        1,
        Optional.empty(),
        Start.AT_ONCE,
        new Pings(ping),
        every,
        timeout,
        Optional.empty());
  }

  /**
   * The address of one of its users.
   *
   * @param user from 0, less than {@code count}
   */
  public IpAddress addressOf(int user) {
    return switch (address.address()) {
      case IpAddress.V4(int bits) -> new IpAddress.V4(bits + user);
      case IpAddress.V6(long high, long low) ->
          new IpAddress.V6(Long.compareUnsigned(low + user, low) < 0 ? high + 1 : high, low + user);
    };
  }

  /** The address it asks. */
  public IpAddress target() {
    return switch (activity) {
      case Pings pings -> pings.target();
      case Fetches fetches -> fetches.address();
    };
  }

  /** Whether it sends HTTP requests. */
  public boolean fetches() {
    return activity instanceof Fetches;
  }

  /**
   * When the users of a crowd begin: each at a moment drawn evenly from {@code [from, to)}; if both
   * are the same, all then.
   */
  public record Start(Duration from, Duration to) {
    public static final Start AT_ONCE = new Start(Duration.ZERO, Duration.ZERO);
  }

  /** What a client does again and again. */
  public sealed interface Activity {}

  /** It sends an echo request. */
  public record Pings(IpAddress target) implements Activity {}

  /**
   * It sends an HTTP request.
   *
   * @param url whole, as {@code http://20.0.0.100/}
   * @param address what the URL's host is, or stands for
   * @param method as {@code GET}
   * @param headers further header fields, by name
   * @param concurrency how many requests of one user may be outstanding; while so many are, the
   *     next waits for one to end, and what would have been sent after it meanwhile is left out. At
   *     least 1
   * @param keepAlive whether a connection serves further requests
   * @param cookies whether cookies are kept and sent
   * @param insecure whether a certificate for another name will do
   */
  public record Fetches(
      String url,
      IpAddress address,
      String method,
      Map<String, String> headers,
      int concurrency,
      boolean keepAlive,
      boolean cookies,
      boolean insecure)
      implements Activity {
    public static final String DEFAULT_METHOD = "GET";

    /** A plain GET, one at a time, each on its own connection, without cookies. */
    public static Fetches get(String url, IpAddress address) {
      return new Fetches(
          url, address, DEFAULT_METHOD, Collections.emptyMap(), 1, false, false, false);
    }
  }
}
