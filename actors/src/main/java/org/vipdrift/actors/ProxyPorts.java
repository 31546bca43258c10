package org.vipdrift.actors;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ProxyPlane;
import org.vipdrift.actors.port.TraceSink;

/**
 * Everything that the control plane of a proxy asks of its world.
 *
 * @param who names this incarnation of the process to the ports
 * @param process its name in traces
 */
public record ProxyPorts(
    String who,
    String process,
    Clock clock,
    Alarms alarms,
    TraceSink trace,
    ActorRef<Prober.Command> prober,
    ActorRef<ProxyPlane.Command> plane) {}
