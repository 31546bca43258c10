package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RoutingRule;

/** An instance while it is being read: empty where nothing was written. */
final class InstanceDraft {
  final String name;
  final SourceSpan span;
  final Map<String, SourceSpan> spans = new LinkedHashMap<>();
  final List<Statement> kept = new ArrayList<>();
  final List<ConfiguredAddress> addresses = new ArrayList<>();
  final Set<IpAddress> seen = new TreeSet<>();
  final List<ConfiguredAddress> excluded = new ArrayList<>();
  final List<Route> routes = new ArrayList<>();
  final List<RoutingRule> rules = new ArrayList<>();
  final List<UnicastPeer> peers = new ArrayList<>();
  final GarpDraft garp = new GarpDraft();
  final TrackingReader tracking;
  final NotifyReader notify;
  Optional<String> interfaceName = Optional.empty();
  OptionalInt vrid = OptionalInt.empty();
  Optional<IpFamily> family = Optional.empty();
  boolean stateMaster;
  OptionalInt priority = OptionalInt.empty();
  OptionalInt version = OptionalInt.empty();
  Duration advertInterval = Duration.ofSeconds(1);
  Optional<Authentication.Type> authType = Optional.empty();
  Optional<Word> authPass = Optional.empty();
  Optional<IpAddress> source = Optional.empty();
  boolean trackSource;
  Optional<IpAddress> multicastDestination = Optional.empty();
  boolean unicastKeyword;
  boolean checkUnicastSource;
  OptionalInt unicastTtl = OptionalInt.empty();
  boolean faultWithoutPeer;
  boolean oldChecksum;
  boolean nopreempt;
  Duration preemptDelay = Duration.ZERO;
  boolean dontTrackPrimary;
  Optional<Boolean> strict = Optional.empty();
  Optional<Boolean> accept = Optional.empty();
  Optional<Boolean> skipCheck = Optional.empty();
  Optional<Boolean> lowerNoAdvert = Optional.empty();
  Optional<Boolean> higherSend = Optional.empty();
  OptionalInt downTimerAdverts = OptionalInt.empty();
  Duration garpExtra = Duration.ZERO;
  Optional<Boolean> notifyPriority = Optional.empty();
  Optional<Boolean> smtpAlert = Optional.empty();
  boolean nativeIpv6;
  OptionalInt debug = OptionalInt.empty();
  OptionalInt receiveBuffer = OptionalInt.empty();
  boolean promoteSecondaries;
  Optional<List<String>> vmac = Optional.empty();
  boolean vmacAddress;
  boolean transmitBase;
  Optional<List<String>> ipvlan = Optional.empty();

  InstanceDraft(Statement block, TrackingReader tracking, NotifyReader notify) {
    this.name = block.word(1).text();
    this.span = block.span();
    this.tracking = tracking;
    this.notify = notify;
  }

  /** Where a keyword was last written, else where the instance starts. */
  SourceSpan at(String keyword) {
    return spans.getOrDefault(keyword, span);
  }
}
