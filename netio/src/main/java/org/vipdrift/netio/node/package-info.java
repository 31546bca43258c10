/**
 * A whole node: the actors of one keepalived.conf on the ports of this machine, and its life.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.node.LinuxNode}: from the start to the end of the process. {@code
 *       Preflight} looks first whether it can live here, {@code LinuxPorts} opens what the ports
 *       stand on, {@code ForeignClaims} hears others claim its addresses, {@code NodeGuardian} is
 *       the first actor, {@link org.vipdrift.netio.node.Preparation} brings about what every start
 *       needs while others still read, and {@code TakeoverRehearsal} what the first takeover needs,
 *       {@code InertPorts} serve a dry run. {@link org.vipdrift.netio.node.NodeOptions} say how it
 *       lives; {@link org.vipdrift.netio.node.NodeRefusal} says why not.
 *   <li>{@link org.vipdrift.netio.node.LiveTrace}: numbers and times what the actors report and
 *       hands it to observers on a thread of its own.
 *   <li>Observers, which are folds over that trace and touch nothing: {@link
 *       org.vipdrift.netio.node.StatusBoard} (and {@link org.vipdrift.netio.node.NodeStatus}),
 *       {@link org.vipdrift.netio.node.SplitBrainAlarm}, {@link
 *       org.vipdrift.netio.node.KeepalivedLog}.
 *   <li>What shows a status: {@link org.vipdrift.netio.node.KeepalivedMetrics} behind {@link
 *       org.vipdrift.netio.node.MetricsEndpoint}, {@link org.vipdrift.netio.node.StatusTable}
 *       behind {@link org.vipdrift.netio.node.StatusSocket}, {@link
 *       org.vipdrift.netio.node.KeepalivedDump}.
 *   <li>Life: {@link org.vipdrift.netio.node.ProcessSignals}, {@link
 *       org.vipdrift.netio.node.PidFile}, {@link org.vipdrift.netio.node.ServiceNotifier}, {@link
 *       org.vipdrift.netio.node.Syslog}.
 * </ul>
 *
 * <p>The configured program and the sockets' actor run on the thread of whoever tells them
 * something: an advertisement that is due leaves on the thread of the timers, one that arrives is
 * judged on that of its socket. With a thread of its own for each hand-over, a takeover at adverts
 * of one second left 3.1 ms after its deadline (keepalived 2.2.7: 0.9 ms), like this 1.9 ms, and
 * 1.35 ms (keepalived 0.8 ms) since the master is missed from when the kernel had its advert, not
 * from when this process came to read it. Ports that may wait for the kernel keep to the two
 * threads of the actor system.
 *
 * <p>Deliberately absent: forking. A service manager, or {@code &}, puts a daemon in the
 * background.
 */
@NullMarked
package org.vipdrift.netio.node;

import org.jspecify.annotations.NullMarked;
