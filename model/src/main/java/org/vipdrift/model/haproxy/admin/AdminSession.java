package org.vipdrift.model.haproxy.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.vipdrift.model.haproxy.ProxyFigures;
import org.vipdrift.model.haproxy.settings.BackendSettings;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.haproxy.settings.HashType;
import org.vipdrift.model.health.HealthBoard;
import org.vipdrift.model.health.HealthBoard.ServerRef;
import org.vipdrift.model.health.HealthEvent;

/** Answers the stats socket; remembers which frontends are paused. */
public final class AdminSession {
  private static final String VERSION = "2.6.12";

  private final HaproxyConfiguration configuration;
  private final HealthBoard board;
  private final long startedAt;
  private final TreeSet<String> paused = new TreeSet<>();
  private final Map<ServerRef, Integer> limits = new LinkedHashMap<>();

  /** What a command makes happen, and the answer with its line ends. */
  public record Outcome(List<AdminEffect> effects, String answer) {}

  public AdminSession(HaproxyConfiguration configuration, HealthBoard board, long startedAt) {
    this.configuration = configuration;
    this.board = board;
    this.startedAt = startedAt;
  }

  /** Carries out a command that needs no figures. */
  public Outcome on(AdminCommand command, long at) {
    return switch (command) {
      case AdminCommand.SetState(AdminCommand.Target target, HealthEvent.AdminState state) ->
          toServer(target, s -> done(s, new HealthEvent.AdminStateSet(at, state)));
      case AdminCommand.SetHealth(AdminCommand.Target target, HealthEvent.ForcedHealth health) ->
          toServer(target, s -> setHealth(s, new HealthEvent.HealthSet(at, health)));
      case AdminCommand.EnableHealth(AdminCommand.Target target, boolean enabled) ->
          toServer(
              target,
              s ->
                  enabled && !board.server(s).check().enabled()
                      ? said("Health check was not configured on this server, cannot enable.")
                      : done(s, new HealthEvent.ChecksEnabled(at, enabled)));
      case AdminCommand.SetWeight(AdminCommand.Target target, String weight) ->
          toServer(target, s -> setWeight(s, weight, at));
      case AdminCommand.SetMaxconn(AdminCommand.Target target, String connections) ->
          toServer(target, s -> setMaxconn(s, connections));
      case AdminCommand.ShutdownSessions(AdminCommand.Target target) ->
          toServer(target, s -> new Outcome(List.of(new AdminEffect.ShutdownSessions(s)), "\n"));
      case AdminCommand.GetWeight(AdminCommand.Target target) ->
          toServer(
              target,
              s -> said(board.health(s).weight() + " (initial " + board.server(s).weight() + ")"));
      case AdminCommand.EnableAgent(AdminCommand.Target target, boolean enabled) ->
          toServer(
              target,
              _ ->
                  enabled
                      ? said("Agent was not configured on this server, cannot enable.")
                      : new Outcome(List.of(), "\n"));
      case AdminCommand.SetAgent(AdminCommand.Target target) ->
          toServer(target, _ -> said("agent checks are not enabled on this server."));
      case AdminCommand.ShutdownFrontend(String frontend) ->
          configuration.frontend(frontend).isEmpty()
              ? said("No such frontend.")
              : new Outcome(List.of(new AdminEffect.EnableFrontend(frontend, false)), "\n");
      case AdminCommand.EnableFrontend(String frontend, boolean enabled) ->
          enableFrontend(frontend, enabled);
      case AdminCommand.ShowServersState(Optional<String> backend) ->
          backend.isPresent() && board.servers(backend.get()).isEmpty()
              ? said("Can't find backend.")
              : said(StateTable.of(board, backend, at).stripTrailing());
      case AdminCommand.ShowBackend _ -> said("# name\n" + String.join("\n", board.backends()));
      case AdminCommand.ShowVersion _ -> said(VERSION);
      case AdminCommand.Mistaken(String answer) -> said(answer);
      case AdminCommand.ShowStat _, AdminCommand.ShowInfo _ ->
          throw new IllegalArgumentException("needs figures: " + command);
    };
  }

  /** Answers a command from what the data plane has counted. */
  public String show(AdminCommand command, ProxyFigures figures, long at) {
    if (command instanceof AdminCommand.ShowStat wanted) {
      if (wanted
          .proxy()
          .filter(
              p ->
                  configuration.proxies().stream()
                      .noneMatch(x -> x.name().equals(p) || Integer.toString(x.id()).equals(p)))
          .isPresent()) {
        return "No such proxy.\n\n";
      }
      return new StatTable(configuration, board, figures, paused, limits, at).text(wanted) + "\n";
    }
    long seconds = (at - startedAt) / 1_000_000_000L;
    long connections =
        figures.frontends().values().stream().mapToLong(ProxyFigures.Counters::scur).sum();
    long total = figures.frontends().values().stream().mapToLong(ProxyFigures.Counters::stot).sum();
    return "Name: HAProxy\nVersion: "
        + VERSION
        + "\nNbthread: "
        + configuration.global().threads().orElse(1)
        + "\nNbproc: 1\nProcess_num: 1\nUptime: "
        + seconds / 86_400
        + "d "
        + seconds / 3600 % 24
        + "h"
        + two(seconds / 60 % 60)
        + "m"
        + two(seconds % 60)
        + "s\nUptime_sec: "
        + seconds
        + "\nMaxconn: "
        + configuration.global().maxconn().orElse(0)
        + "\nCurrConns: "
        + connections
        + "\nCumConns: "
        + total
        + "\n\n";
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  private static Outcome said(String text) {
    return new Outcome(List.of(), text + "\n\n");
  }

  private static Outcome done(ServerRef server, HealthEvent event) {
    return new Outcome(List.of(new AdminEffect.ToServer(server, event)), "\n");
  }

  private Outcome toServer(AdminCommand.Target target, Function<ServerRef, Outcome> action) {
    if (board.servers(target.backend()).isEmpty()) {
      return said("No such backend.");
    }
    return board
        .find(target.backend(), target.server())
        .map(action)
        .orElseGet(() -> said("No such server."));
  }

  private Outcome setHealth(ServerRef server, HealthEvent event) {
    return board.tracked(server).isPresent()
        ? said("cannot change health on a tracking server.")
        : done(server, event);
  }

  private Outcome setWeight(ServerRef server, String text, long at) {
    if (text.isEmpty()) {
      return said("Require <weight> or <weight%>.");
    }
    boolean relative = text.endsWith("%");
    String digits = relative ? text.substring(0, text.length() - 1) : text;
    if (!digits.matches("-?\\d{1,9}")) {
      return said(
          digits.matches("-?\\d.*")
              ? "Trailing garbage in weight string"
              : "Empty weight string empty or preceded by garbage");
    }
    int number = Integer.parseInt(digits);
    if (relative && number < 0) {
      return said("Relative weight must be positive.");
    }
    if (!relative && (number < 0 || number > 256)) {
      return said("Absolute weight can only be between 0 and 256 inclusive.");
    }
    int initial = board.server(server).weight();
    int weight = relative ? (int) Math.min(256, (long) initial * number / 100) : number;
    if (isStatic(server) && weight != 0 && weight != initial) {
      return said(
          "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.");
    }
    return done(server, new HealthEvent.WeightSet(at, weight));
  }

  private boolean isStatic(ServerRef server) {
    BackendSettings backend = board.proxy(server.backend()).backend().orElseThrow();
    return switch (backend.balance()) {
      case Balance.StaticRoundRobin _ -> true;
      case Balance.RoundRobin _, Balance.LeastConnections _, Balance.First _, Balance.Random _ ->
          false;
      case Balance.Source _,
          Balance.Uri _,
          Balance.UrlParameter _,
          Balance.Header _,
          Balance.RdpCookie _,
          Balance.Hash _ ->
          backend.hashType().method() == HashType.Method.MAP_BASED;
    };
  }

  private Outcome setMaxconn(ServerRef server, String text) {
    if (!text.matches("\\d{1,9}")) {
      return said(
          text.isEmpty()
              ? "Require <maxconn>."
              : Character.isDigit(text.charAt(0))
                  ? "Trailing garbage in maxconn string"
                  : "maxconn string empty or preceded by garbage");
    }
    limits.put(server, Integer.parseInt(text));
    return new Outcome(List.of(new AdminEffect.LimitServer(server, Integer.parseInt(text))), "\n");
  }

  private Outcome enableFrontend(String frontend, boolean enabled) {
    if (configuration.frontend(frontend).isEmpty()) {
      return said("No such frontend.");
    }
    boolean changed = enabled ? paused.remove(frontend) : paused.add(frontend);
    return changed
        ? new Outcome(List.of(new AdminEffect.EnableFrontend(frontend, enabled)), "\n")
        : said("All sockets are already " + (enabled ? "enabled." : "disabled."));
  }
}
