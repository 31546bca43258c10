package org.vipdrift.actors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.ProxyPlane;
import org.vipdrift.model.haproxy.admin.AdminCommand;
import org.vipdrift.model.haproxy.admin.AdminEffect;
import org.vipdrift.model.haproxy.admin.AdminSession;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.health.Announcement;
import org.vipdrift.model.health.HealthBoard;
import org.vipdrift.model.health.HealthBoard.ServerRef;
import org.vipdrift.model.health.HealthEffect;
import org.vipdrift.model.health.HealthEvent;
import org.vipdrift.model.health.HealthMachine;
import org.vipdrift.model.health.ProbeSettings;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/** The control plane of one HAProxy: knows how its servers are, and tells its data plane. */
public final class LoadBalancer extends AbstractMatchingBehavior<LoadBalancer.Command> {
  /** What it is told. */
  public sealed interface Command {}

  /** Somebody speaks to the stats socket; answered once. */
  public record Admin(String text, ActorRef<AdminAnswer> replyTo, long cause) implements Command {}

  /** What the stats socket answers, with its line ends. */
  public record AdminAnswer(String text, long cause) {}

  /** End the checks and stop. */
  public record Stop(long cause) implements Command {}

  /** Something happened to a server. */
  record ServerTold(ServerRef server, HealthEvent event, long cause) implements Command {}

  private record PlaneReported(ProxyPlane.Report report) implements Command {}

  private record CheckerEnded() implements Command {}

  private record Waiting(Function<Announcement.Sessions, List<String>> lines, long cause) {}

  /**
   * What was before something happened to a server.
   *
   * @param usable servers of its backend
   * @param ending sessions that tell of it and are gone when the data plane counts
   */
  private record Before(int usable, int ending) {}

  private record Asker(AdminCommand command, ActorRef<AdminAnswer> replyTo) {}

  private static final long IDS_APART = 1L << 32;

  private final HaproxyConfiguration configuration;
  private final ProxyPorts ports;
  private final HealthBoard board;
  private final long startedAt;
  private final Map<ServerRef, ActorRef<ServerChecker.Command>> checkers = new LinkedHashMap<>();
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private final Map<Long, Announcement.Sessions> counted = new LinkedHashMap<>();
  private final Map<Long, Asker> askers = new LinkedHashMap<>();
  private final AdminSession admin;
  private long lastId;
  private int ending;

  private LoadBalancer(
      ActorContext<Command> context, HaproxyConfiguration configuration, ProxyPorts ports) {
    super(context);
    this.configuration = configuration;
    this.ports = ports;
    this.startedAt = ports.clock().monotonicNanos();
    this.board = new HealthBoard(configuration, startedAt);
    this.admin = new AdminSession(configuration, board, startedAt);
    ports
        .plane()
        .tell(
            new ProxyPlane.Attach(
                ports.who(),
                context.messageAdapter(ProxyPlane.Report.class, PlaneReported::new),
                TraceEvent.NO_CAUSE));
    for (String backend : board.backends()) {
      publish(backend, TraceEvent.NO_CAUSE);
    }
    startCheckers();
  }

  public static Behavior<Command> create(HaproxyConfiguration configuration, ProxyPorts ports) {
    return Behaviors.setup(context -> new LoadBalancer(context, configuration, ports));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Admin(String text, ActorRef<AdminAnswer> replyTo, long cause) ->
          ask(AdminCommand.parse(text), replyTo, cause);
      case ServerTold(ServerRef server, HealthEvent event, long cause) -> on(server, event, cause);
      case PlaneReported(ProxyPlane.Report report) -> reported(report);
      case Stop _ -> {
        // A child that is stopped with its parent would not close what it has open.
        for (ActorRef<ServerChecker.Command> checker : checkers.values()) {
          getContext().watchWith(checker, new CheckerEnded());
          checker.tell(new ServerChecker.Stop());
        }
        ending = checkers.size();
        return ending == 0 ? Behaviors.stopped() : this;
      }
      case CheckerEnded() -> {
        ending--;
        return ending == 0 ? Behaviors.stopped() : this;
      }
    }
    return this;
  }

  private void startCheckers() {
    List<ServerRef> checked =
        board.all().stream()
            .filter(r -> board.server(r).check().enabled())
            .filter(
                r ->
                    ServerChecker.ip(
                            board.server(r).check().address().orElse(board.server(r).address()))
                        .isPresent())
            .toList();
    for (ServerRef server : board.all()) {
      if (!checked.contains(server) && !board.settings(server).slowstart().isZero()) {
        // Nothing checks it, but its slow start needs a timer.
        spawnChecker(server, checkers.size() + checked.size());
      }
    }
    for (int position = 0; position < checked.size(); position++) {
      ServerRef server = checked.get(position);
      ActorRef<ServerChecker.Command> checker = spawnChecker(server, position);
      long first =
          HealthMachine.firstCheck(
                  board.settings(server),
                  configuration.global().maxSpreadChecks(),
                  position,
                  checked.size())
              .toNanos();
      checker.tell(new ServerChecker.CheckAt(startedAt + first));
    }
  }

  /**
   * @param number unique among the checkers
   */
  private ActorRef<ServerChecker.Command> spawnChecker(ServerRef server, int number) {
    ProxySettings proxy = board.proxy(server.backend());
    ProbeSettings probing =
        new ProbeSettings(
            proxy.backend().orElseThrow().check(),
            board.server(server).check().interval(),
            proxy.timeouts().connect(),
            proxy.timeouts().check());
    ActorRef<ServerChecker.Command> checker =
        getContext()
            .spawn(
                ServerChecker.create(
                    server,
                    board.server(server),
                    probing,
                    number * IDS_APART,
                    ports,
                    getContext().getSelf()),
                "checker-" + (number + 1),
                DispatcherSelector.sameAsParent());
    checkers.put(server, checker);
    return checker;
  }

  private void on(ServerRef server, HealthEvent event, long cause) {
    Before before =
        new Before(
            usable(server.backend()),
            event instanceof HealthEvent.TrafficObserved seen && seen.observation().endsSession()
                ? 1
                : 0);
    List<HealthEffect> effects = board.on(server, event);
    boolean announced = effects.stream().anyMatch(HealthEffect.Announce.class::isInstance);
    if (!announced && before.usable() > 0 && usable(server.backend()) == 0) {
      inTurn(noServer(server.backend()), cause);
    }
    for (HealthEffect effect : effects) {
      perform(server, effect, before, cause);
    }
  }

  private int usable(String backend) {
    return board.usableActive(backend) + board.usableBackup(backend);
  }

  private void perform(ServerRef server, HealthEffect effect, Before before, long cause) {
    switch (effect) {
      case HealthEffect.StartCheck() -> toChecker(server, new ServerChecker.Check());
      case HealthEffect.SetCheckTimer(long at) -> toChecker(server, new ServerChecker.CheckAt(at));
      case HealthEffect.HastenCheck(long at) -> toChecker(server, new ServerChecker.CheckBy(at));
      case HealthEffect.SetRampTimer(long at) -> toChecker(server, new ServerChecker.RampAt(at));
      case HealthEffect.Publish() -> publish(server.backend(), cause);
      case HealthEffect.Announce(Announcement announcement, String why) ->
          announce(server, announcement, why, before, cause);
      case HealthEffect.TellTrackers(HealthEvent event) ->
          board.trackers(server).forEach(tracker -> on(tracker, event, cause));
      case HealthEffect.ShutdownSessions() ->
          ports
              .plane()
              .tell(
                  new ProxyPlane.ShutdownSessions(
                      ports.who(), server.backend(), server.server(), cause));
      case HealthEffect.ShutdownBackupSessions() ->
          ports
              .plane()
              .tell(new ProxyPlane.ShutdownBackupSessions(ports.who(), server.backend(), cause));
      case HealthEffect.Log(String line) -> inTurn(line, cause);
    }
  }

  private void toChecker(ServerRef server, ServerChecker.Command command) {
    ActorRef<ServerChecker.Command> checker = checkers.get(server);
    if (checker != null) {
      checker.tell(command);
    }
  }

  private void publish(String backend, long cause) {
    ports.plane().tell(new ProxyPlane.Publish(ports.who(), board.snapshot(backend), cause));
  }

  /** The line tells what became of the sessions, which the data plane answers. */
  private void announce(
      ServerRef server, Announcement announcement, String why, Before before, long cause) {
    String backend = server.backend();
    long changed =
        announcement
            .change()
            .map(
                change ->
                    ports
                        .trace()
                        .emit(
                            new TraceDetail.ServerChanged(
                                ports.process(),
                                backend,
                                board.server(server).name(),
                                change,
                                why.replaceFirst("^[, ]+(reason: )?", "")),
                            cause))
            .orElse(cause);
    int active = board.usableActive(backend);
    int backup = board.usableBackup(backend);
    boolean lost = before.usable() > 0 && active + backup == 0;
    Waiting lines =
        new Waiting(
            sessions -> {
              List<String> said = new ArrayList<>();
              Announcement.Sessions all =
                  new Announcement.Sessions(
                      sessions.active() + before.ending(), sessions.requeued(), sessions.queued());
              said.add(announcement.line(board.settings(server), why, active, backup, all));
              if (lost) {
                said.add(noServer(backend));
              }
              return said;
            },
            changed);
    long id = ++lastId;
    waiting.put(id, lines);
    if (announcement.countsSessions()) {
      ports
          .plane()
          .tell(
              new ProxyPlane.PublishChange(
                  ports.who(),
                  board.snapshot(backend),
                  server.server(),
                  !announcement.leaves(),
                  id,
                  changed));
    } else {
      say(id, new Announcement.Sessions(0, 0, 0));
    }
  }

  /** A line is not told before those that wait for the data plane. */
  private void inTurn(String line, long cause) {
    long id = ++lastId;
    waiting.put(id, new Waiting(_ -> List.of(line), cause));
    say(id, new Announcement.Sessions(0, 0, 0));
  }

  private void say(long id, Announcement.Sessions sessions) {
    counted.put(id, sessions);
    while (!waiting.isEmpty()) {
      long next = waiting.firstEntry().getKey();
      Announcement.Sessions known = counted.remove(next);
      if (known == null) {
        return;
      }
      Waiting lines = waiting.pollFirstEntry().getValue();
      lines.lines().apply(known).forEach(line -> log(line, lines.cause()));
    }
  }

  private String noServer(String backend) {
    String sort = board.proxy(backend).isFrontend() ? "proxy" : "backend";
    return sort + " " + backend + " has no server available!";
  }

  private void log(String line, long cause) {
    ports.trace().emit(new TraceDetail.LogLine(ports.process(), line), cause);
  }

  private void reported(ProxyPlane.Report report) {
    switch (report) {
      case ProxyPlane.Published done ->
          say(done.id(), new Announcement.Sessions(done.active(), done.requeued(), done.queued()));
      case ProxyPlane.Observed observed ->
          on(
              new ServerRef(observed.backend(), observed.server()),
              new HealthEvent.TrafficObserved(
                  ports.clock().monotonicNanos(), observed.observation()),
              observed.cause());
      case ProxyPlane.Counted counted -> {
        Asker asker = askers.remove(counted.id());
        if (asker != null) {
          String text =
              admin.show(asker.command(), counted.figures(), ports.clock().monotonicNanos());
          asker.replyTo().tell(new AdminAnswer(text, counted.cause()));
        }
      }
    }
  }

  private void ask(AdminCommand command, ActorRef<AdminAnswer> replyTo, long cause) {
    if (command.needsFigures()) {
      long id = ++lastId;
      askers.put(id, new Asker(command, replyTo));
      ports.plane().tell(new ProxyPlane.Count(ports.who(), id, cause));
      return;
    }
    AdminSession.Outcome outcome = admin.on(command, ports.clock().monotonicNanos());
    for (AdminEffect effect : outcome.effects()) {
      switch (effect) {
        case AdminEffect.ToServer(ServerRef server, HealthEvent event) -> on(server, event, cause);
        case AdminEffect.EnableFrontend(String frontend, boolean enabled) -> {
          log((enabled ? "Resumed" : "Paused") + " frontend " + frontend + ".", cause);
          ports.plane().tell(new ProxyPlane.EnableFrontend(ports.who(), frontend, enabled, cause));
        }
        case AdminEffect.LimitServer(ServerRef server, int connections) ->
            ports
                .plane()
                .tell(
                    new ProxyPlane.LimitServer(
                        ports.who(), server.backend(), server.server(), connections, cause));
        case AdminEffect.ShutdownSessions(ServerRef server) ->
            ports
                .plane()
                .tell(
                    new ProxyPlane.ShutdownSessions(
                        ports.who(), server.backend(), server.server(), cause));
      }
    }
    replyTo.tell(new AdminAnswer(outcome.answer(), cause));
  }
}
