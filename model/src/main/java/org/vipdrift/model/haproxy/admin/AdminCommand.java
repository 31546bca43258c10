package org.vipdrift.model.haproxy.admin;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.health.HealthEvent.AdminState;
import org.vipdrift.model.health.HealthEvent.ForcedHealth;

/** What somebody says on the stats socket. */
public sealed interface AdminCommand {
  /** {@code backend/server} as written. */
  record Target(String backend, String server) {}

  record SetState(Target target, AdminState state) implements AdminCommand {}

  record SetWeight(Target target, String weight) implements AdminCommand {}

  record SetHealth(Target target, ForcedHealth health) implements AdminCommand {}

  record SetMaxconn(Target target, String connections) implements AdminCommand {}

  record EnableHealth(Target target, boolean enabled) implements AdminCommand {}

  /** Servers have no agents here, which the answer tells. */
  record EnableAgent(Target target, boolean enabled) implements AdminCommand {}

  /** {@code set server agent}, {@code agent-addr} and so on. */
  record SetAgent(Target target) implements AdminCommand {}

  record ShutdownFrontend(String frontend) implements AdminCommand {}

  record EnableFrontend(String frontend, boolean enabled) implements AdminCommand {}

  record ShutdownSessions(Target target) implements AdminCommand {}

  record GetWeight(Target target) implements AdminCommand {}

  /**
   * @param proxy number or name; empty for all
   * @param types sum of 1 frontends, 2 backends, 4 servers; -1 for all
   * @param server number; -1 for all
   */
  record ShowStat(Optional<String> proxy, int types, int server) implements AdminCommand {}

  record ShowInfo() implements AdminCommand {}

  record ShowServersState(Optional<String> backend) implements AdminCommand {}

  record ShowBackend() implements AdminCommand {}

  record ShowVersion() implements AdminCommand {}

  /** Not understood; with what HAProxy answers. */
  record Mistaken(String answer) implements AdminCommand {}

  String NO_TARGET = "Require 'backend/server'.";
  String SET_SERVER_USAGE =
      "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | agent-send |"
          + " check-addr | check-port | fqdn | health | ssl | state | weight";

  /** Whether it is answered from what the data plane has counted. */
  default boolean needsFigures() {
    return this instanceof ShowStat || this instanceof ShowInfo;
  }

  /** Reads one command; what is not one becomes {@link Mistaken}. */
  static AdminCommand parse(String text) {
    List<String> words = List.of(text.strip().split("\\s+"));
    String first = words.getFirst();
    String second = word(words, 1);
    return switch (first + " " + second) {
      case "set server" -> setServer(words);
      case "set weight" -> target(words, 2, t -> new SetWeight(t, word(words, 3)));
      case "set maxconn" ->
          word(words, 2).equals("server")
              ? target(words, 3, t -> new SetMaxconn(t, word(words, 4)))
              : unknown();
      case "get weight" -> target(words, 2, GetWeight::new);
      case "disable server" -> target(words, 2, t -> new SetState(t, AdminState.MAINT));
      case "enable server" -> target(words, 2, t -> new SetState(t, AdminState.READY));
      case "disable health" -> target(words, 2, t -> new EnableHealth(t, false));
      case "enable health" -> target(words, 2, t -> new EnableHealth(t, true));
      case "disable agent" -> target(words, 2, t -> new EnableAgent(t, false));
      case "enable agent" -> target(words, 2, t -> new EnableAgent(t, true));
      case "shutdown frontend" ->
          word(words, 2).isEmpty()
              ? new Mistaken("A frontend name is expected.")
              : new ShutdownFrontend(word(words, 2));
      case "shutdown session" -> new Mistaken("Session pointer expected (use 'show sess').");
      case "disable frontend" -> frontend(words, false);
      case "enable frontend" -> frontend(words, true);
      case "shutdown sessions" ->
          word(words, 2).equals("server") ? target(words, 3, ShutdownSessions::new) : unknown();
      case "show stat" -> showStat(words);
      case "show info" -> new ShowInfo();
      case "show backend" -> new ShowBackend();
      case "show version" -> new ShowVersion();
      case "show servers" ->
          word(words, 2).equals("state")
              ? new ShowServersState(Optional.of(word(words, 3)).filter(w -> !w.isEmpty()))
              : unknown();
      default -> unknown();
    };
  }

  private static String word(List<String> words, int at) {
    return at < words.size() ? words.get(at) : "";
  }

  private static AdminCommand unknown() {
    return new Mistaken(
        "Unknown command, but maybe one of the following ones is a better match:\n"
            + "  show info [desc|json|typed|float]*      : report information about the running"
            + " process\n"
            + "  help [<command>]                        : list matching or all commands\n"
            + "  prompt                                  : toggle interactive mode with prompt\n"
            + "  quit                                    : disconnect");
  }

  private static AdminCommand showStat(List<String> words) {
    String proxy = word(words, 2);
    boolean all = proxy.isEmpty() || word(words, 4).isEmpty() || proxy.equals("-1");
    return new ShowStat(
        all ? Optional.empty() : Optional.of(proxy),
        word(words, 4).isEmpty() ? -1 : number(word(words, 3)),
        word(words, 4).isEmpty() ? -1 : number(word(words, 4)));
  }

  private static int number(String word) {
    return word.matches("-?\\d{1,9}") ? Integer.parseInt(word) : 0;
  }

  private static AdminCommand frontend(List<String> words, boolean enabled) {
    return word(words, 2).isEmpty()
        ? new Mistaken("A frontend name is expected.")
        : new EnableFrontend(word(words, 2), enabled);
  }

  private static AdminCommand target(
      List<String> words, int at, Function<Target, AdminCommand> command) {
    String text = word(words, at);
    int slash = text.indexOf('/');
    return slash < 0
        ? new Mistaken(NO_TARGET)
        : command.apply(new Target(text.substring(0, slash), text.substring(slash + 1)));
  }

  private static AdminCommand setServer(List<String> words) {
    String value = word(words, 4);
    return target(
        words,
        2,
        t ->
            switch (word(words, 3)) {
              case "weight" -> new SetWeight(t, value);
              case "state" -> state(t, value);
              case "health" -> health(t, value);
              case "agent", "agent-send" -> new SetAgent(t);
              default -> new Mistaken(SET_SERVER_USAGE);
            });
  }

  private static AdminCommand state(Target target, String value) {
    return switch (value) {
      case "ready" -> new SetState(target, AdminState.READY);
      case "drain" -> new SetState(target, AdminState.DRAIN);
      case "maint" -> new SetState(target, AdminState.MAINT);
      default -> new Mistaken("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
    };
  }

  private static AdminCommand health(Target target, String value) {
    return switch (value) {
      case "up" -> new SetHealth(target, ForcedHealth.UP);
      case "stopping" -> new SetHealth(target, ForcedHealth.STOPPING);
      case "down" -> new SetHealth(target, ForcedHealth.DOWN);
      default -> new Mistaken("'set server <srv> health' expects 'up', 'stopping', or 'down'.");
    };
  }
}
