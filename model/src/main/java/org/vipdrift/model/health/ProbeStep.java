package org.vipdrift.model.health;

import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.CheckStep;

/** One thing that a check does. */
sealed interface ProbeStep {
  /** Opens a connection; the first such step is how the check begins. */
  record Connect(CheckStep.Connect step) implements ProbeStep {}

  record Send(Octets data) implements ProbeStep {}

  /** Does nothing; what the next step says when it fails, if it has no words of its own. */
  record Note(Optional<String> comment) implements ProbeStep {}

  /**
   * Waits for an answer.
   *
   * @param description of the step, as a timeout tells it; empty to say nothing
   * @param keep whether what came stays for the next step
   * @param comment said where the step fails
   */
  record Expect(
      Judge judge,
      String description,
      boolean keep,
      CheckStatus timeoutStatus,
      Optional<String> comment)
      implements ProbeStep {}

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
