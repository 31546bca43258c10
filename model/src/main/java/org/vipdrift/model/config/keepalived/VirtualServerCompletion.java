package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.checker.Check;
import org.vipdrift.model.checker.CheckerSettings;
import org.vipdrift.model.checker.RealServerSettings;
import org.vipdrift.model.checker.SorryServerSettings;
import org.vipdrift.model.checker.VirtualServerSettings;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.keepalived.VirtualServerDraft.Target;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.ipvs.Destination;
import org.vipdrift.model.ipvs.ForwardingMethod;
import org.vipdrift.model.ipvs.Persistence;
import org.vipdrift.model.ipvs.SchedulingRule;
import org.vipdrift.model.ipvs.ServiceKey;
import org.vipdrift.model.ipvs.TransportProtocol;

/** What keepalived does with a virtual server once everything is read. */
final class VirtualServerCompletion {
  private static final Duration PERSISTENCE = Duration.ofSeconds(360);

  private final VirtualServerDraft draft;
  private final Map<String, List<ServerGroupReader.Entry>> groups;
  private final boolean logsAllFailures;
  private final ProblemLog log;

  VirtualServerCompletion(
      VirtualServerDraft draft,
      Map<String, List<ServerGroupReader.Entry>> groups,
      boolean logsAllFailures,
      ProblemLog log) {
    this.draft = draft;
    this.groups = groups;
    this.logsAllFailures = logsAllFailures;
    this.log = log;
  }

  private void warn(String code, String message, SourceSpan span) {
    log.warning(code, message, span);
  }

  /** Empty if keepalived ignores it. */
  Optional<VirtualServerSettings> complete() {
    if (draft.target instanceof Target.Group(String name) && !groups.containsKey(name)) {
      warn("group-missing", "virtual server group " + name + " is not configured", draft.span);
      return Optional.empty();
    }
    IpFamily family = family();
    List<RealServerDraft> servers = servers(family);
    if (servers.isEmpty()) {
      warn(
          draft.target instanceof Target.Group ? "group-without-servers" : "no-real-servers",
          name() + " has no real servers; it is ignored",
          draft.span);
      return Optional.empty();
    }
    transport();
    if (draft.scheduler.isEmpty()) {
      warn("value-missing", name() + ": no scheduler is set; wlc is used", draft.span);
    }
    if (draft.method.isEmpty() && servers.stream().anyMatch(s -> s.method.isEmpty())) {
      warn("value-missing", name() + ": no forwarding method is set; NAT is used", draft.span);
    }
    persistence();
    List<RealServerSettings> real = servers.stream().map(this::realServer).toList();
    Optional<SorryServerSettings> sorry = sorryServer(family);
    long total = real.stream().mapToLong(r -> r.destination().weight()).sum();
    long quorum = draft.quorum.orElse(1);
    if (quorum > total) {
      warn(
          "quorum-too-high",
          "the quorum " + quorum + " is above the total weight " + total + ", which is used",
          draft.span);
      quorum = total;
    }
    long hysteresis = draft.hysteresis;
    if (hysteresis >= quorum) {
      if (hysteresis > 0 || quorum == 0) {
        warn("quorum-too-low", "the hysteresis must be below the quorum", draft.span);
      }
      hysteresis = Math.max(0, quorum - 1);
    }
    return Optional.of(
        new VirtualServerSettings(
            name(),
            services(family),
            draft.rule.orElse(SchedulingRule.WLC),
            draft.fallback,
            draft.hashPort,
            draft.onePacket,
            draft.persistence.map(
                timeout -> new Persistence(timeout, draft.granularity.orElse(everyBit(family)))),
            quorum,
            hysteresis,
            draft.quorumUp.map(ScriptCommand::words),
            draft.quorumDown.map(ScriptCommand::words),
            draft.suspends,
            draft.omega,
            sorry,
            real));
  }

  private static IpAddress everyBit(IpFamily family) {
    return switch (family) {
      case IPV4 -> new IpAddress.V4(-1);
      case IPV6 -> new IpAddress.V6(-1L, -1L);
    };
  }

  private boolean isMark() {
    return switch (draft.target) {
      case Target.Endpoint _ -> false;
      case Target.Mark _ -> true;
      case Target.Group(String name) ->
          groups.get(name).stream().allMatch(e -> e instanceof ServerGroupReader.Entry.Mark);
    };
  }

  private int port() {
    return switch (draft.target) {
      case Target.Endpoint(_, int port) -> port;
      case Target.Mark _ -> 0;
      case Target.Group(String name) -> {
        int port = 0;
        for (ServerGroupReader.Entry entry : groups.get(name)) {
          port =
              entry instanceof ServerGroupReader.Entry.Endpoint endpoint && port == 0
                  ? endpoint.port()
                  : port;
        }
        yield port;
      }
    };
  }

  private TransportProtocol protocol() {
    return draft.protocol.orElse(TransportProtocol.UDP);
  }

  private String name() {
    return switch (draft.target) {
      case Target.Endpoint(IpAddress address, int port) ->
          "[" + address + "]:" + protocol() + ":" + port;
      case Target.Mark(int mark) -> "FWM " + Integer.toUnsignedString(mark);
      case Target.Group(String name) -> "[" + name + "]:" + port();
    };
  }

  private IpFamily family() {
    return switch (draft.target) {
      case Target.Endpoint(IpAddress address, _) -> address.family();
      case Target.Mark _ ->
          draft.family.orElse(
              draft.realServers.isEmpty()
                  ? IpFamily.IPV4
                  : draft.realServers.getFirst().address.family());
      case Target.Group(String name) -> {
        for (ServerGroupReader.Entry entry : groups.get(name)) {
          if (entry instanceof ServerGroupReader.Entry.Endpoint endpoint) {
            yield endpoint.address().family();
          }
        }
        yield draft.realServers.isEmpty()
            ? IpFamily.IPV4
            : draft.realServers.getFirst().address.family();
      }
    };
  }

  private List<ServiceKey> services(IpFamily family) {
    return switch (draft.target) {
      case Target.Endpoint(IpAddress address, int port) ->
          List.of(new ServiceKey.Address(protocol(), address, port));
      case Target.Mark(int mark) -> List.of(new ServiceKey.Mark(mark, family));
      case Target.Group(String name) -> {
        List<ServiceKey> keys = new ArrayList<>();
        for (ServerGroupReader.Entry entry : groups.get(name)) {
          keys.add(
              switch (entry) {
                case ServerGroupReader.Entry.Endpoint(IpAddress address, int port) ->
                    new ServiceKey.Address(protocol(), address, port);
                case ServerGroupReader.Entry.Mark(int mark, _) -> new ServiceKey.Mark(mark, family);
              });
        }
        yield keys;
      }
    };
  }

  /** Without those of the wrong family and those that are there twice. */
  private List<RealServerDraft> servers(IpFamily family) {
    List<RealServerDraft> kept = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (RealServerDraft server : draft.realServers) {
      if (server.address.family() != family && method(server) != ForwardingMethod.TUNNEL) {
        warn(
            draft.target instanceof Target.Group ? "group-family" : "family-differs",
            "the real server is of another family; it is skipped",
            server.span);
      } else if (!seen.add(server.address + " " + server.port)) {
        warn(
            "duplicate-real-server",
            "the second of two equal real servers is left out",
            server.span);
      } else {
        kept.add(server);
      }
    }
    return kept;
  }

  private ForwardingMethod method(RealServerDraft server) {
    return server.method.or(() -> draft.method).orElse(ForwardingMethod.NAT);
  }

  private void transport() {
    if (isMark()) {
      if (draft.protocol.isPresent()) {
        warn("option-without-effect", "a mark has no protocol; it is ignored", draft.span);
      }
      if (draft.suspends) {
        warn("option-without-effect", "ha_suspend needs an address, not a mark", draft.span);
        draft.suspends = false;
      }
      return;
    }
    if (draft.protocol.isEmpty()) {
      warn("value-missing", name() + ": no protocol is set; UDP is used", draft.span);
    }
    if (draft.onePacket && protocol() != TransportProtocol.UDP) {
      warn("option-without-effect", "one packet scheduling requires UDP", draft.span);
      draft.onePacket = false;
    }
  }

  private void persistence() {
    if (!isMark() && port() == 0 && draft.persistence.isEmpty()) {
      warn(
          "persistence-missing",
          name() + ": port 0 needs persistence, which is switched on",
          draft.span);
      draft.persistence = Optional.of(PERSISTENCE);
    }
  }

  /** Only NAT can change the port. */
  private int port(int configured, ForwardingMethod method, SourceSpan span, String what) {
    if (isMark() || port() == 0) {
      return 0;
    }
    if (method == ForwardingMethod.NAT || configured == 0 || configured == port()) {
      return configured == 0 ? port() : configured;
    }
    warn(
        "port-differs",
        "the " + what + " cannot have another port with this method; it is reset",
        span);
    return port();
  }

  private RealServerSettings realServer(RealServerDraft server) {
    ForwardingMethod method = method(server);
    int port = port(server.port, method, server.span, "real server");
    int checked = server.port > 0 ? server.port : port();
    CheckTimes times = server.times.inherit(draft.times);
    List<CheckerSettings> checkers =
        server.checkers.stream()
            .map(
                c ->
                    c.finish(
                        withHost(c.check.orElseThrow(), server),
                        times,
                        server.address,
                        checked,
                        logsAllFailures))
            .toList();
    return new RealServerSettings(
        new Destination(
            server.address,
            port,
            method,
            server.weight.orElse(draft.weight),
            server.upperThreshold,
            server.lowerThreshold),
        "[" + server.address + "]:" + (isMark() ? "tcp" : protocol()) + ":" + port,
        server.inhibit.orElse(draft.inhibits),
        server.notifyUp.map(ScriptCommand::words),
        server.notifyDown.map(ScriptCommand::words),
        checkers);
  }

  /** A checker without a virtual host takes that of its real, then its virtual server. */
  private Check withHost(Check check, RealServerDraft server) {
    return check instanceof Check.Http http && http.virtualHost().isEmpty()
        ? new Check.Http(
            http.tls(),
            http.serverNameIndication(),
            http.protocol(),
            http.fastRecovery(),
            server.virtualHost.or(() -> draft.virtualHost),
            http.urls())
        : check;
  }

  private Optional<SorryServerSettings> sorryServer(IpFamily family) {
    if (draft.sorryServer.isEmpty()) {
      return Optional.empty();
    }
    Target.Endpoint sorry = draft.sorryServer.get();
    ForwardingMethod method = draft.sorryMethod.or(() -> draft.method).orElse(ForwardingMethod.NAT);
    if (sorry.address().family() != family && method != ForwardingMethod.TUNNEL) {
      warn("family-differs", "the sorry server is of another family; it is skipped", draft.span);
      return Optional.empty();
    }
    int port = port(sorry.port(), method, draft.span, "sorry server");
    return Optional.of(
        new SorryServerSettings(
            new Destination(sorry.address(), port, method, 1, 0, 0),
            "[" + sorry.address() + "]:" + (isMark() ? "tcp" : protocol()) + ":" + port,
            draft.sorryInhibits));
  }
}
