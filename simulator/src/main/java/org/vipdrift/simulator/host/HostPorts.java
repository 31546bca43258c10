package org.vipdrift.simulator.host;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.NodePorts;
import org.vipdrift.actors.ProxyPorts;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.MailTransport;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.NotifyFifo;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.ProxyPlane;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.port.SimulatedAddressTable;
import org.vipdrift.simulator.port.SimulatedDirectorTable;
import org.vipdrift.simulator.port.SimulatedFileWatch;
import org.vipdrift.simulator.port.SimulatedInterfaces;
import org.vipdrift.simulator.port.SimulatedMailTransport;
import org.vipdrift.simulator.port.SimulatedNeighborAnnouncer;
import org.vipdrift.simulator.port.SimulatedNotifyFifo;
import org.vipdrift.simulator.port.SimulatedPacketFilter;
import org.vipdrift.simulator.port.SimulatedProber;
import org.vipdrift.simulator.port.SimulatedProcessWatch;
import org.vipdrift.simulator.port.SimulatedProxyPlane;
import org.vipdrift.simulator.port.SimulatedRouteTable;
import org.vipdrift.simulator.port.SimulatedVirtualInterfaces;
import org.vipdrift.simulator.port.SimulatedVrrpNetwork;
import org.vipdrift.simulator.process.ProcessSlot;
import org.vipdrift.simulator.process.VirtualRun;
import org.vipdrift.simulator.proxy.ProxyRegistry;

/** The port actors of one host, in its kernel's slot. */
record HostPorts(
    ActorRef<VrrpNetwork.Command> network,
    ActorRef<Interfaces.Command> interfaces,
    ActorRef<AddressTable.Command> addresses,
    ActorRef<NeighborAnnouncer.Command> announcer,
    ActorRef<ScriptRunner.Command> scripts,
    ActorRef<FileWatch.Command> files,
    ActorRef<ProcessWatch.Command> processes,
    ActorRef<PacketFilter.Command> packetFilter,
    ActorRef<Prober.Command> prober,
    ActorRef<ProxyPlane.Command> proxyPlane,
    ActorRef<DirectorTable.Command> director,
    ActorRef<RouteTable.Command> routes,
    ActorRef<VirtualInterfaces.Command> virtualInterfaces,
    ActorRef<NotifyFifo.Command> fifos,
    ActorRef<MailTransport.Command> mails,
    String hostName) {
  static HostPorts spawn(
      VirtualRun run,
      ProcessSlot slot,
      HostKernel kernel,
      ScriptExecutor scripts,
      ProxyRegistry proxies) {
    String host = kernel.hostName();
    return new HostPorts(
        run.spawn(SimulatedVrrpNetwork.create(kernel), host + "-vrrp-network", slot),
        run.spawn(SimulatedInterfaces.create(kernel), host + "-interfaces", slot),
        run.spawn(SimulatedAddressTable.create(kernel), host + "-address-table", slot),
        run.spawn(SimulatedNeighborAnnouncer.create(kernel), host + "-announcer", slot),
        run.spawn(ScriptExecutor.port(scripts), host + "-script-runner", slot),
        run.spawn(SimulatedFileWatch.create(kernel), host + "-file-watch", slot),
        run.spawn(SimulatedProcessWatch.create(kernel), host + "-process-watch", slot),
        run.spawn(SimulatedPacketFilter.create(kernel), host + "-packet-filter", slot),
        run.spawn(SimulatedProber.create(kernel), host + "-prober", slot),
        run.spawn(SimulatedProxyPlane.create(proxies), host + "-proxy-plane", slot),
        run.spawn(SimulatedDirectorTable.create(kernel), host + "-director-table", slot),
        run.spawn(SimulatedRouteTable.create(kernel), host + "-route-table", slot),
        run.spawn(SimulatedVirtualInterfaces.create(kernel), host + "-virtual-interfaces", slot),
        run.spawn(SimulatedNotifyFifo.create(kernel), host + "-notify-fifo", slot),
        run.spawn(SimulatedMailTransport.create(kernel), host + "-mail-transport", slot),
        host);
  }

  /** What one incarnation of a process is given; once it is killed, it leaves no trace either. */
  NodePorts of(String who, String process, ProcessSlot slot, SplitRandom random, TraceSink trace) {
    return new NodePorts(
        who,
        hostName,
        process,
        slot.clock(),
        new SchedulingLatency(slot.alarms(), random.split("scheduling")),
        (detail, cause) -> slot.isOpen() ? trace.emit(detail, cause) : TraceEvent.NO_CAUSE,
        network,
        interfaces,
        addresses,
        announcer,
        scripts,
        files,
        processes,
        packetFilter,
        prober,
        director,
        routes,
        virtualInterfaces,
        fifos,
        mails,
        random);
  }

  /** As {@link #of}, for a proxy. */
  ProxyPorts ofProxy(
      String who, String process, ProcessSlot slot, SplitRandom random, TraceSink trace) {
    return new ProxyPorts(
        who,
        process,
        slot.clock(),
        new SchedulingLatency(slot.alarms(), random.split("scheduling")),
        (detail, cause) -> slot.isOpen() ? trace.emit(detail, cause) : TraceEvent.NO_CAUSE,
        prober,
        proxyPlane);
  }
}
