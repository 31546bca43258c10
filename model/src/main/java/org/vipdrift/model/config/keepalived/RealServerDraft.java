package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.ipvs.ForwardingMethod;

/** A real server while its virtual server is still being read. */
final class RealServerDraft {
  final IpAddress address;
  final SourceSpan span;
  final CheckTimes times;
  final List<CheckerDraft> checkers = new ArrayList<>();
  int port;
  OptionalInt weight = OptionalInt.empty();
  Optional<ForwardingMethod> method = Optional.empty();
  int upperThreshold;
  int lowerThreshold;
  Optional<Boolean> inhibit = Optional.empty();
  Optional<ScriptCommand> notifyUp = Optional.empty();
  Optional<ScriptCommand> notifyDown = Optional.empty();
  Optional<String> virtualHost = Optional.empty();

  RealServerDraft(IpAddress address, int port, SourceSpan span, Values values) {
    this.address = address;
    this.port = port;
    this.span = span;
    this.times = new CheckTimes(values);
  }
}
