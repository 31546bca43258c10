package org.vipdrift.model.health;

import org.vipdrift.model.frame.Octets;

/** One thing that a check does once it is connected. */
sealed interface ProbeStep {
  record Connect() implements ProbeStep {}

  record Send(Octets data) implements ProbeStep {}

  /**
   * Waits for an answer.
   *
   * @param description of the step, as a timeout tells it; empty to say nothing
   * @param keep whether what came stays for the next step
   */
  record Expect(Judge judge, String description, boolean keep) implements ProbeStep {}

  /** What is thought of what came so far. */
  sealed interface Opinion {}

  /** Wait on. */
  record More() implements Opinion {}

  /** Go on; the last good opinion is that of the check. */
  record Good(CheckStatus status, int code, String info) implements Opinion {}

  record Bad(CheckStatus status, int code, String info) implements Opinion {}

  /** Judges an answer. */
  @FunctionalInterface
  interface Judge {
    /**
     * @param ended whether nothing more will come
     */
    Opinion of(String data, boolean ended);
  }
}
