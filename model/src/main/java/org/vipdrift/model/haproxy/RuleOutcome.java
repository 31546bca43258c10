package org.vipdrift.model.haproxy;

import org.vipdrift.model.haproxy.settings.HttpReply;

/** What a rule says of the rest of the way. */
sealed interface RuleOutcome {
  RuleOutcome GO_ON = new GoOn();
  RuleOutcome STOP = new Stop();

  /** The next rule. */
  record GoOn() implements RuleOutcome {}

  /** No more rules of this set. */
  record Stop() implements RuleOutcome {}

  /** Refused, with this answer. */
  record Deny(HttpReply reply) implements RuleOutcome {}

  /** Refused later. */
  record Tarpit(HttpReply reply) implements RuleOutcome {}

  /** Answered by the proxy. */
  record Answer(HttpReply reply) implements RuleOutcome {}

  record Redirected(CompiledRedirect redirect) implements RuleOutcome {}

  /** Asks for a name and a password. */
  record Challenge(String realm) implements RuleOutcome {}

  /**
   * Closed without an answer.
   *
   * @param silent the client is not even told
   */
  record Reject(boolean silent) implements RuleOutcome {}
}
