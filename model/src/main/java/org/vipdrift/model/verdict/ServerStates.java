package org.vipdrift.model.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChanged;
import org.vipdrift.model.trace.TraceDetail.ServerChanged;
import org.vipdrift.model.trace.TraceEvent;

/**
 * How each proxy regarded each server when.
 *
 * <p>A proxy that starts regards a server as up until it says otherwise, and regards nothing while
 * its process is not there.
 */
final class ServerStates {
  /** What a server is whose proxy does not run. */
  static final String GONE = "not known: the proxy did not run";

  /** From then on; {@code eventId} 0 for the beginning. */
  record Entry(long atNanos, String state, long eventId) {}

  private record Key(String host, String process, String proxy, String server) {}

  /** What the checks say, and what somebody ordered. */
  private static final class Server {
    private final List<Entry> entries = new ArrayList<>();
    private boolean up = true;
    private String ordered = "";
    private boolean gone;

    Server(String atFirst) {
      entries.add(new Entry(0, atFirst, 0));
    }

    private void note(TraceEvent event) {
      String state = gone ? GONE : ordered.isEmpty() ? up ? "up" : "down" : ordered;
      if (!entries.getLast().state().equals(state)) {
        entries.add(new Entry(event.atNanos(), state, event.id()));
      }
    }
  }

  private final Map<Key, Server> servers = new LinkedHashMap<>();
  private final Map<String, List<TraceEvent>> lives = new LinkedHashMap<>();

  void accept(TraceEvent event, ServerChanged change) {
    Key key = new Key(event.host(), change.process(), change.proxy(), change.server());
    Server server = servers.get(key);
    if (server == null) {
      List<TraceEvent> past = lives.getOrDefault(life(event.host(), change.process()), List.of());
      server = new Server(past.isEmpty() ? "up" : GONE);
      // What the process had been through before it first spoke of this server.
      for (TraceEvent life : past) {
        turn(server, life);
      }
      servers.put(key, server);
    }
    switch (change.change()) {
      case UP -> server.up = true;
      case DOWN -> server.up = false;
      case DRAIN -> server.ordered = "drain";
      case MAINT -> server.ordered = "maint";
      case READY -> server.ordered = "";
    }
    server.note(event);
  }

  private static String life(String host, String process) {
    return host + " " + process;
  }

  /** A process began or ended. */
  void accept(TraceEvent event, ProcessChanged change) {
    boolean turns =
        switch (change.change()) {
          case READY, STOPPED, KILLED -> true;
          case STARTED, STOPPING, FROZEN, THAWED, RELOADED, REFUSED -> false;
        };
    if (!turns) {
      return;
    }
    lives.computeIfAbsent(life(event.host(), change.process()), _ -> new ArrayList<>()).add(event);
    servers.forEach(
        (key, server) -> {
          if (key.host.equals(event.host()) && key.process.equals(change.process())) {
            turn(server, event);
          }
        });
  }

  /** A machine lost its power, and with it every process. */
  void powerLost(TraceEvent event) {
    lives.forEach(
        (life, events) -> {
          if (life.startsWith(event.host() + " ")) {
            events.add(event);
          }
        });
    servers.forEach(
        (key, server) -> {
          if (key.host.equals(event.host())) {
            turn(server, event);
          }
        });
  }

  private static void turn(Server server, TraceEvent event) {
    boolean begins =
        event.detail() instanceof ProcessChanged change && change.change() == ProcessChange.READY;
    server.gone = !begins;
    server.up = true;
    server.ordered = "";
    server.note(event);
  }

  /** The states of a server by time; empty if nobody spoke of it. */
  List<Entry> of(String host, Optional<String> process, String proxy, String server) {
    for (Map.Entry<Key, Server> each : servers.entrySet()) {
      Key key = each.getKey();
      if (key.host.equals(host)
          && key.proxy.equals(proxy)
          && key.server.equals(server)
          && process.map(key.process::equals).orElse(true)) {
        return Collections.unmodifiableList(each.getValue().entries);
      }
    }
    return List.of();
  }
}
