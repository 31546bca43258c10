package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.ipvs.ForwardingMethod;
import org.vipdrift.model.ipvs.SchedulingRule;
import org.vipdrift.model.ipvs.TransportProtocol;

/** A virtual server while it is being read: empty where nothing was written. */
final class VirtualServerDraft {
  /** What stands behind the keyword. */
  sealed interface Target {
    record Endpoint(IpAddress address, int port) implements Target {}

    record Mark(int mark) implements Target {}

    record Group(String name) implements Target {}
  }

  final Target target;
  final SourceSpan span;
  final CheckTimes times;
  final List<RealServerDraft> realServers = new ArrayList<>();
  Optional<String> scheduler = Optional.empty();
  Optional<SchedulingRule> rule = Optional.empty();
  boolean fallback;
  boolean hashPort;
  boolean onePacket;
  Optional<ForwardingMethod> method = Optional.empty();
  Optional<TransportProtocol> protocol = Optional.empty();
  Optional<Duration> persistence = Optional.empty();
  Optional<IpAddress> granularity = Optional.empty();
  Optional<IpFamily> family = Optional.empty();
  boolean suspends;
  boolean omega;
  boolean inhibits;
  OptionalLong quorum = OptionalLong.empty();
  long hysteresis;
  int weight = 1;
  Optional<ScriptCommand> quorumUp = Optional.empty();
  Optional<ScriptCommand> quorumDown = Optional.empty();
  Optional<String> virtualHost = Optional.empty();
  Optional<Target.Endpoint> sorryServer = Optional.empty();
  Optional<ForwardingMethod> sorryMethod = Optional.empty();
  boolean sorryInhibits;

  VirtualServerDraft(Target target, SourceSpan span, Values values) {
    this.target = target;
    this.span = span;
    this.times = new CheckTimes(values);
  }
}
