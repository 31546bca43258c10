package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/** What HTTP and TCP rules can both do. */
public sealed interface SharedAction extends HttpAction, TcpAction {
  record Reject() implements SharedAction {}

  /** Forget the connection without telling the client. */
  record SilentDrop() implements SharedAction {}

  /**
   * @param counter {@code sc0} and so on
   * @param table absent: the proxy's own
   */
  record TrackCounters(int counter, SampleExpression key, Optional<String> table)
      implements SharedAction {}

  record IncrementCounter(int index, int counter) implements SharedAction {}

  /**
   * @param value absent where computed is present
   */
  record SetTag(int index, int counter, Optional<Long> value, Optional<SampleExpression> computed)
      implements SharedAction {}

  record SetVariable(VariableName name, SampleExpression value) implements SharedAction {}

  record SetVariableFormat(VariableName name, LogFormat value) implements SharedAction {}

  record UnsetVariable(VariableName name) implements SharedAction {}

  /**
   * @param level 0 (emerg) to 7 (debug), -1 for {@code silent}
   */
  record SetLogLevel(int level) implements SharedAction {}

  /**
   * @param length octets kept, where the rule makes its own slot
   * @param slot of {@code declare capture}, where it names one
   */
  record Capture(SampleExpression sample, Optional<Integer> length, Optional<Integer> slot)
      implements SharedAction {}

  record SetSource(SampleExpression address) implements SharedAction {}

  record SetSourcePort(SampleExpression port) implements SharedAction {}

  record SetDestination(SampleExpression address) implements SharedAction {}

  record SetDestinationPort(SampleExpression port) implements SharedAction {}

  record SetPriorityClass(SampleExpression value) implements SharedAction {}

  record SetPriorityOffset(SampleExpression value) implements SharedAction {}

  record SetTypeOfService(int value) implements SharedAction {}

  record SetMark(long value) implements SharedAction {}

  record SetNice(int value) implements SharedAction {}

  record UseService(String service) implements SharedAction {}

  record Resolve(VariableName result, String resolvers, boolean preferIpv4, SampleExpression name)
      implements SharedAction {}

  /** An action HAProxy accepts that has no meaning here. */
  record NotModelled(String keyword, List<String> words) implements SharedAction {
    public NotModelled {
      words = List.copyOf(words);
    }
  }
}
