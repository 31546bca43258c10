package org.vipdrift.simulator.kernel;

import java.time.Duration;
import org.vipdrift.model.frame.MacAddress;

/** How an echo request ended; {@code after} counts from the request. */
public sealed interface EchoResult {
  Duration after();

  /**
   * @param by the source of the frame that brought the answer: the neighbour itself, or the gateway
   */
  record Answered(MacAddress by, Duration after) implements EchoResult {}

  record TimedOut(Duration after) implements EchoResult {}

  /** No route, nobody has the address, or somebody refused the packet. */
  record Unreachable(Duration after) implements EchoResult {}
}
