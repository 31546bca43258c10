package org.vipdrift.simulator.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.actors.LoadBalancer;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.haproxy.HaproxyParse;
import org.vipdrift.model.config.haproxy.HaproxyParser;
import org.vipdrift.model.config.haproxy.ParseOptions;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.simulator.proxy.SimulatedProxy;
import org.vipdrift.simulator.web.ProcessTimers;

/**
 * HAProxy on a simulated host: the data plane on the kernel's sockets, the control plane's actors
 * in a slot of their own.
 *
 * <p>Departs from HAProxy in that a reload keeps the process identifier, as a master process does.
 */
public final class HaproxyDaemon extends Daemon implements AdminSocket {
  private String configurationFile;
  private Map<String, String> texts;
  private Optional<Running> running = Optional.empty();

  /** Of processes that were replaced and finish what they began. */
  private final List<ProcessTimers> former = new ArrayList<>();

  private int generation;
  private int commands;

  private record Running(SimulatedProxy proxy, ProcessTimers timers, ControlPlane control) {}

  HaproxyDaemon(SimulatedHost host, Host.HaproxyProcess specification, SplitRandom random) {
    super(host, specification.name(), random);
    this.configurationFile = specification.configurationFile();
    this.texts = specification.texts();
  }

  private HaproxyParse parse() {
    return HaproxyParser.parse(
        new SourceTexts(texts),
        configurationFile,
        ParseOptions.DEFAULT.withHostName(host().name()));
  }

  private static Optional<String> refusal(HaproxyParse parse) {
    return parse.problems().stream()
        .filter(Problem::isError)
        .findFirst()
        .map(problem -> problem.span().start() + ": " + problem.message());
  }

  @Override
  Optional<String> refusal() {
    HaproxyParse parse = parse();
    return refusal(parse).or(() -> proxy(parse.configuration(), timers()).unboundAddress());
  }

  private ProcessTimers timers() {
    return new ProcessTimers(host().clock());
  }

  private SimulatedProxy proxy(HaproxyConfiguration configuration, ProcessTimers timers) {
    return new SimulatedProxy(
        configuration,
        new HaproxySurroundings(host(), this::who, this::pid, this::log),
        host().kernel().sockets(),
        timers,
        random().split("proxy").split(Integer.toString(generation)));
  }

  private void log(String line, long cause) {
    host().trace().emit(new LogLine(name(), line), cause);
  }

  @Override
  void begin(long cause) {
    Optional<String> problem = run(parse().configuration());
    if (problem.isPresent()) {
      emit(ProcessChange.REFUSED, problem.get(), cause);
      exited(cause);
    }
  }

  /** Starts with a configuration; why not, if it cannot. */
  private Optional<String> run(HaproxyConfiguration configuration) {
    generation++;
    ProcessTimers timers = timers();
    SimulatedProxy proxy = proxy(configuration, timers);
    Optional<String> problem = proxy.listen();
    if (problem.isPresent()) {
      timers.close();
      return problem;
    }
    host().kernel().processes().setListens(pid(), proxy.ports());
    host().proxies().add(who(), proxy);
    ControlPlane control =
        ControlPlane.start(
            host(),
            who(),
            name(),
            host().name()
                + "-"
                + name()
                + "-"
                + who().substring(name().length() + 1)
                + "."
                + generation,
            configuration,
            random().split("control"));
    proxy.statisticsFrom(
        (csv, cause) ->
            control.ask("show stat", ++commands, answer -> csv.accept(answer.text()), cause));
    running = Optional.of(new Running(proxy, timers, control));
    if (isFrozen()) {
      suspend();
    }
    return Optional.empty();
  }

  @Override
  public void reload(long cause) {
    reload(Optional.empty(), texts, cause);
  }

  /**
   * A new process takes the sockets over and the old one finishes what it has begun; health begins
   * anew. A file that HAProxy refuses changes nothing.
   */
  public void reload(Optional<String> newFile, Map<String, String> newTexts, long cause) {
    if (newFile.isPresent()) {
      configurationFile = newFile.get();
      texts = newTexts;
    }
    if (running.isEmpty() || phase() != Phase.UP || isFrozen()) {
      return;
    }
    HaproxyParse parse = parse();
    Optional<String> refusal =
        refusal(parse).or(() -> proxy(parse.configuration(), timers()).unboundAddress());
    if (refusal.isPresent()) {
      emit(ProcessChange.REFUSED, refusal.get(), cause);
      return;
    }
    long event = emit(ProcessChange.RELOADED, "", cause);
    Running old = running.get();
    old.proxy().closeListeners();
    old.control().kill();
    Optional<String> problem = run(parse.configuration());
    if (problem.isPresent()) {
      emit(ProcessChange.REFUSED, problem.get(), event);
      forget();
      exited(event);
      return;
    }
    former.add(old.timers());
    old.proxy().process().drain(event);
  }

  private void logAnswer(LoadBalancer.AdminAnswer answer) {
    answer.text().lines().filter(l -> !l.isBlank()).forEach(l -> log(l, answer.cause()));
  }

  @Override
  public void command(String line, long cause) {
    running.ifPresent(r -> r.control().ask(line, ++commands, this::logAnswer, cause));
  }

  @Override
  void leave(long cause) {
    if (!isFrozen()) {
      forget();
      exited(cause);
    }
  }

  private void forget() {
    running.ifPresent(
        r -> {
          r.control().kill();
          r.timers().close();
        });
    former.forEach(ProcessTimers::close);
    former.clear();
    host().proxies().remove(who());
    running = Optional.empty();
  }

  @Override
  void die() {
    forget();
  }

  @Override
  void suspend() {
    former.forEach(ProcessTimers::freeze);
    running.ifPresent(
        r -> {
          r.timers().freeze();
          r.control().freeze();
        });
  }

  /** A SIGTERM that came while it was frozen takes effect now. */
  @Override
  void resume() {
    if (phase() == Phase.LEAVING) {
      forget();
      exited(0);
      return;
    }
    former.forEach(ProcessTimers::thaw);
    running.ifPresent(
        r -> {
          r.timers().thaw();
          r.control().thaw();
        });
  }
}
