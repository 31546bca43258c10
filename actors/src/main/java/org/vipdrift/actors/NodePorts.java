package org.vipdrift.actors;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.MailTransport;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.NotifyFifo;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.random.SplitRandom;

/**
 * Everything that a process of a host asks of its world; swapping these is deploying.
 *
 * @param who names this incarnation of the process to the ports
 * @param hostName of the machine
 * @param process its name in traces
 * @param random the stream of this incarnation
 */
public record NodePorts(
    String who,
    String hostName,
    String process,
    Clock clock,
    Alarms alarms,
    TraceSink trace,
    ActorRef<VrrpNetwork.Command> network,
    ActorRef<Interfaces.Command> interfaces,
    ActorRef<AddressTable.Command> addresses,
    ActorRef<NeighborAnnouncer.Command> announcer,
    ActorRef<ScriptRunner.Command> scripts,
    ActorRef<FileWatch.Command> files,
    ActorRef<ProcessWatch.Command> processes,
    ActorRef<PacketFilter.Command> packetFilter,
    ActorRef<Prober.Command> prober,
    ActorRef<DirectorTable.Command> director,
    ActorRef<RouteTable.Command> routes,
    ActorRef<VirtualInterfaces.Command> virtualInterfaces,
    ActorRef<NotifyFifo.Command> fifos,
    ActorRef<MailTransport.Command> mails,
    SplitRandom random) {}
