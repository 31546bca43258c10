package org.vipdrift.simulator.host;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.LoadBalancer;
import org.vipdrift.actors.ProxyPorts;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.simulator.process.ProcessSlot;

/** The control plane of one HAProxy process: the real actors in a slot of their own. */
record ControlPlane(
    SimulatedHost host,
    ProcessSlot slot,
    ActorRef<LoadBalancer.Command> loadBalancer,
    String name) {

  /**
   * Starts it.
   *
   * @param who the incarnation its ports know
   * @param actorName unique in the run
   */
  static ControlPlane start(
      SimulatedHost host,
      String who,
      String process,
      String actorName,
      HaproxyConfiguration configuration,
      SplitRandom random) {
    ProcessSlot slot = host.newSlot(host.name() + ":" + who);
    ProxyPorts ports = host.ports().ofProxy(who, process, slot, random, host.trace());
    return new ControlPlane(
        host,
        slot,
        host.spawn(LoadBalancer.create(configuration, ports), actorName, slot),
        actorName);
  }

  /** Says a line on the stats socket; the number makes the asker's name unique. */
  void ask(String line, int number, Consumer<LoadBalancer.AdminAnswer> then, long cause) {
    ActorRef<LoadBalancer.AdminAnswer> answers =
        host.spawn(AdminAnswers.create(then), name + "-admin-" + number, slot);
    loadBalancer.tell(new LoadBalancer.Admin(line, answers, cause));
  }

  void kill() {
    slot.kill();
  }

  void freeze() {
    slot.freeze();
  }

  void thaw() {
    slot.thaw();
  }
}
