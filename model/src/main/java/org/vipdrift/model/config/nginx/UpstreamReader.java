package org.vipdrift.model.config.nginx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.balance.nginx.UpstreamMethod;
import org.vipdrift.model.balance.nginx.UpstreamServer;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.Upstream;

/** Reads {@code upstream} blocks and the addresses that stand where one may. */
final class UpstreamReader {
  /** nginx answers a Unix socket's address like any other; here nobody listens there. */
  private static final IpAddress NOWHERE = IpAddress.v4(0, 0, 0, 0);

  private final ProblemLog log;
  private final HostNames names;
  private final Templates templates;
  private final boolean stream;
  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
  private final Map<String, Boolean> explicit = new LinkedHashMap<>();

  UpstreamReader(ProblemLog log, HostNames names, Templates templates, boolean stream) {
    this.log = log;
    this.names = names;
    this.templates = templates;
    this.stream = stream;
  }

  List<Upstream> upstreams() {
    return List.copyOf(upstreams.values());
  }

  boolean isDefined(String name) {
    return explicit.containsKey(name);
  }

  void read(NginxStatement block) {
    String name = block.argument(1);
    if (explicit.putIfAbsent(name, true) != null) {
      log.error("duplicate-upstream", "duplicate upstream \"" + name + "\"", block.span());
      return;
    }
    Draft draft = new Draft();
    block.body().forEach(line -> line(line, draft));
    if (draft.servers == 0) {
      log.error("empty-upstream", "no servers are inside upstream", block.span());
      return;
    }
    if (draft.members.stream().allMatch(m -> m.settings().backup())) {
      log.error("empty-upstream", "no servers in upstream \"" + name + "\"", block.span());
      return;
    }
    upstreams.put(
        name,
        new Upstream(
            name,
            draft.members,
            draft.method,
            draft.hashKey,
            draft.idle,
            draft.idleTimeout,
            draft.idleRequests));
  }

  private static final class Draft {
    final List<Upstream.Member> members = new ArrayList<>();
    int servers;
    UpstreamMethod method = new UpstreamMethod.RoundRobin();
    boolean methodGiven;
    Optional<Template> hashKey = Optional.empty();
    int idle;
    Duration idleTimeout = Duration.ofSeconds(60);
    int idleRequests = 1_000;

    boolean takesBackups() {
      return method instanceof UpstreamMethod.RoundRobin
          || method instanceof UpstreamMethod.LeastConnections;
    }
  }

  private void line(NginxStatement line, Draft draft) {
    switch (line.name()) {
      case "server" -> server(line, draft);
      case "least_conn" -> method(line, draft, new UpstreamMethod.LeastConnections());
      case "ip_hash" -> method(line, draft, new UpstreamMethod.IpHash());
      case "hash" -> hash(line, draft);
      case "random" -> random(line, draft);
      case "keepalive" -> draft.idle = Values.integer(line.argument(1)).orElse(0);
      case "keepalive_timeout" ->
          draft.idleTimeout = Values.time(line.argument(1)).orElse(draft.idleTimeout);
      case "keepalive_requests" ->
          draft.idleRequests = Values.integer(line.argument(1)).orElse(draft.idleRequests);
      case "zone" -> zone(line);
      default -> {
        // Known, and without effect here.
      }
    }
  }

  private void method(NginxStatement line, Draft draft, UpstreamMethod method) {
    if (draft.methodGiven) {
      log.warning("method-redefined", "load balancing method redefined", line.span());
    }
    draft.methodGiven = true;
    draft.method = method;
  }

  private void hash(NginxStatement line, Draft draft) {
    boolean consistent = line.count() == 2 && line.argument(2).equals("consistent");
    method(line, draft, new UpstreamMethod.Hash(consistent));
    draft.hashKey = Optional.of(templates.read(line.words().get(1)));
    if (line.count() == 2 && !consistent) {
      invalid(line, 2);
    }
  }

  private void random(NginxStatement line, Draft draft) {
    method(line, draft, new UpstreamMethod.Random(line.count() > 0));
    if (line.count() > 0 && !line.argument(1).equals("two")) {
      invalid(line, 1);
    }
    if (line.count() > 1 && !line.argument(2).equals("least_conn")) {
      invalid(line, 2);
    }
  }

  private void zone(NginxStatement line) {
    if (line.count() == 2
        && Values.size(line.argument(2), false).filter(size -> size >= 32_768).isEmpty()) {
      boolean size = Values.size(line.argument(2), false).isPresent();
      log.error(
          "invalid-zone",
          size
              ? "zone \"" + line.argument(1) + "\" is too small"
              : "invalid zone size \"" + line.argument(2) + "\"",
          line.span());
    }
  }

  private void invalid(NginxStatement line, int index) {
    log.error(
        "invalid-parameter",
        "invalid parameter \"" + line.argument(index) + "\"",
        line.words().get(index).span());
  }

  private <T> T valid(Optional<T> value, T fallback, NginxStatement line, int index) {
    if (value.isEmpty()) {
      invalid(line, index);
    }
    return value.orElse(fallback);
  }

  private void server(NginxStatement line, Draft draft) {
    int weight = 1;
    int maxConnections = 0;
    int maxFails = 1;
    Duration failTimeout = Duration.ofSeconds(10);
    boolean backup = false;
    boolean down = false;
    draft.servers++;
    for (int index = 2; index <= line.count(); index++) {
      String parameter = line.argument(index);
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      Optional<Integer> number = Values.integer(value);
      switch (equals < 0 ? key : key + "=") {
        case "weight=" -> weight = valid(number.filter(n -> n > 0), weight, line, index);
        case "max_conns=" -> maxConnections = valid(number, maxConnections, line, index);
        case "max_fails=" -> maxFails = valid(number, maxFails, line, index);
        case "fail_timeout=" ->
            failTimeout = valid(Values.seconds(value), failTimeout, line, index);
        case "backup" -> {
          backup = true;
          if (!draft.takesBackups()) {
            log.error(
                "no-backup",
                "balancing method does not support parameter \"backup\"",
                line.words().get(index).span());
          }
        }
        case "down" -> down = true;
        default -> invalid(line, index);
      }
    }
    UpstreamServer settings =
        new UpstreamServer(
            line.argument(1), weight, maxConnections, maxFails, failTimeout, backup, down);
    draft.members.addAll(
        members(line.argument(1), line.words().get(1).span(), settings, stream ? 0 : 80));
  }

  /** The upstream of an address that is no block's name; made where it is new. */
  void implicit(String address, SourceSpan span, int defaultPort) {
    if (!upstreams.containsKey(address)) {
      upstreams.put(
          address,
          Upstream.implicit(
              address, members(address, span, UpstreamServer.of(address, 1), defaultPort)));
    }
  }

  private List<Upstream.Member> members(
      String text, SourceSpan span, UpstreamServer settings, int defaultPort) {
    if (text.startsWith("unix:")) {
      log.note("accepted-not-modelled", "a Unix socket: nobody answers in the simulation", span);
      return List.of(new Upstream.Member(NOWHERE, 1, settings));
    }
    int bracket = text.startsWith("[") ? text.indexOf(']') : 0;
    int colon = bracket < 0 ? -1 : text.indexOf(':', bracket);
    String host = colon < 0 ? text : text.substring(0, colon);
    Optional<Integer> port =
        colon < 0
            ? Optional.of(defaultPort).filter(p -> p > 0)
            : Values.integer(text.substring(colon + 1)).filter(n -> n >= 1 && n <= 65_535);
    if (bracket < 0 || host.contains("/") || text.contains("://")) {
      log.error("invalid-host", "invalid host in upstream \"" + text + "\"", span);
      return List.of();
    }
    if (host.isEmpty()) {
      log.error("no-host", "no host in upstream \"" + text + "\"", span);
      return List.of();
    }
    if (port.isEmpty()) {
      log.error(
          "invalid-port",
          (colon < 0 ? "no port in upstream \"" : "invalid port in upstream \"") + text + "\"",
          span);
      return List.of();
    }
    List<Upstream.Member> members = new ArrayList<>();
    for (IpAddress address : addresses(host)) {
      members.add(new Upstream.Member(address, port.get(), settings));
    }
    if (members.isEmpty()) {
      log.error("host-not-found", "host not found in upstream \"" + text + "\"", span);
    }
    return members;
  }

  private List<IpAddress> addresses(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    Optional<IpAddress> address =
        IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
    return address.isPresent() ? List.of(address.get()) : names.resolve(host);
  }
}
