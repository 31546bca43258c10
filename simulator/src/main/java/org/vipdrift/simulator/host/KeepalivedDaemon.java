package org.vipdrift.simulator.host;

import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.NodeRuntime;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeReading;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.simulator.process.ProcessSlot;
import org.vipdrift.simulator.process.StarvationModel;

/** keepalived on a simulated host: the real actors in a slot of their own. */
public final class KeepalivedDaemon extends Daemon {
  private String configurationFile;
  private Map<String, String> texts;
  private Optional<ProcessSlot> slot = Optional.empty();
  private Optional<ActorRef<NodeRuntime.Command>> runtime = Optional.empty();
  private Optional<StarvationModel> starvation = Optional.empty();

  KeepalivedDaemon(SimulatedHost host, Host.KeepalivedProcess specification, SplitRandom random) {
    super(host, specification.name(), random);
    this.configurationFile = specification.configurationFile();
    this.texts = specification.texts();
  }

  private NodeReading reading() {
    return host().configurations().read(configurationFile, texts, host().interfaceNames());
  }

  @Override
  public void reload(long cause) {
    reload(Optional.empty(), texts, cause);
  }

  /** SIGHUP, after its file was replaced where another one is given. */
  public void reload(Optional<String> newFile, Map<String, String> newTexts, long cause) {
    if (newFile.isPresent()) {
      configurationFile = newFile.get();
      texts = newTexts;
    }
    if (runtime.isEmpty() || phase() != Phase.UP) {
      return;
    }
    switch (reading()) {
      case NodeReading.Accepted(NodeConfiguration configuration) -> {
        long event = emit(ProcessChange.RELOADED, "", cause);
        runtime.get().tell(new NodeRuntime.Reload(configuration, event));
      }
      case NodeReading.Refused(String why) -> {
        long event = emit(ProcessChange.REFUSED, why, cause);
        runtime.get().tell(new NodeRuntime.Stop(event));
      }
    }
  }

  /** From now on it gets the processor late; empty ends it. */
  public void starve(Optional<StarvationModel> model) {
    starvation = model;
    slot.ifPresent(this::applyStarvation);
  }

  private void applyStarvation(ProcessSlot to) {
    starvation.ifPresentOrElse(to::starve, to::endStarvation);
  }

  @Override
  Optional<String> refusal() {
    return switch (reading()) {
      case NodeReading.Accepted _ -> Optional.empty();
      case NodeReading.Refused(String why) -> Optional.of(why);
    };
  }

  @Override
  void begin(long cause) {
    if (!(reading() instanceof NodeReading.Accepted(NodeConfiguration configuration))) {
      exited(cause);
      return;
    }
    ProcessSlot home = host().newSlot(host().name() + ":" + who());
    slot = Optional.of(home);
    starvation.ifPresent(home::starve);
    ActorRef<NodeRuntime.Command> started =
        host()
            .spawn(
                NodeRuntime.create(
                    configuration,
                    host().ports().of(who(), name(), home, random(), host().trace())),
                host().name() + "-" + name() + "-" + who().substring(name().length() + 1),
                home);
    runtime = Optional.of(started);
    host().watch(started, () -> left(started));
    if (isFrozen()) {
      home.freeze();
    }
  }

  private void left(ActorRef<NodeRuntime.Command> which) {
    if (runtime.filter(which::equals).isPresent()) {
      forget();
      exited(0);
    }
  }

  private void forget() {
    runtime = Optional.empty();
    slot = Optional.empty();
  }

  @Override
  void leave(long cause) {
    runtime.ifPresentOrElse(r -> r.tell(new NodeRuntime.Stop(cause)), () -> exited(cause));
  }

  @Override
  void die() {
    slot.ifPresent(ProcessSlot::kill);
    host().scripts().abandon(who());
    forget();
  }

  @Override
  void suspend() {
    slot.ifPresent(ProcessSlot::freeze);
  }

  @Override
  void resume() {
    slot.ifPresent(ProcessSlot::thaw);
  }
}
