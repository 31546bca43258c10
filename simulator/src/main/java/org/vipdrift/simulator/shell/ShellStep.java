package org.vipdrift.simulator.shell;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/** Where a run has come to: it waits for the world, or it is over. */
public sealed interface ShellStep {

  /** The run is over. */
  record Exited(int code) implements ShellStep {}

  /** The run was given up by a limit; nothing more happens in it. */
  record Exceeded(String limit) implements ShellStep {}

  /** The run goes on with {@link ShellReply.Answered} once the world has moved. */
  sealed interface Waiting extends ShellStep {}

  /** Resume with {@link ShellReply.Elapsed} after this time. */
  record Sleeping(Duration duration) implements Waiting {}

  /**
   * One ICMP echo; resume with {@link ShellReply.EchoReceived} or {@link ShellReply.Failed} as soon
   * as that is known, at the latest after the timeout.
   *
   * @param interfaceName the interface it must leave by ({@code -I})
   * @param source the address it must come from ({@code -I})
   */
  record Pinging(
      IpAddress target,
      Duration timeout,
      Optional<String> interfaceName,
      Optional<IpAddress> source)
      implements Waiting {}

  /**
   * One ARP request ({@code arping} without -U and -A); resume with {@link ShellReply.EchoReceived}
   * or {@link ShellReply.Failed}.
   *
   * @param duplicateDetection whether the sender address is 0.0.0.0 ({@code -D})
   */
  record ArpPinging(
      IpAddress target, String interfaceName, boolean duplicateDetection, Duration timeout)
      implements Waiting {}

  /**
   * A TCP connection opened and closed; resume with {@link ShellReply.Connected} or {@link
   * ShellReply.Failed}.
   */
  record Connecting(IpAddress target, int port, Duration timeout) implements Waiting {}

  /**
   * One HTTP request; resume with {@link ShellReply.Fetched} or {@link ShellReply.Failed}.
   *
   * @param hostName the Host header without port
   * @param path beginning with a slash, query included
   * @param connectTimeout at most {@code timeout}
   */
  record Fetching(
      String method,
      boolean tls,
      boolean insecure,
      String hostName,
      IpAddress target,
      int port,
      String path,
      Duration connectTimeout,
      Duration timeout)
      implements Waiting {}
}
