/**
 * The ports of {@link org.vipdrift.actors.port} on a Linux machine, as thin actors.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.port.LinuxScriptRunner}: check and notify scripts.
 *   <li>{@link org.vipdrift.netio.port.LinuxFileWatch}, {@link
 *       org.vipdrift.netio.port.LinuxProcessWatch}: tracked files and processes.
 *   <li>{@link org.vipdrift.netio.port.LinuxProber}: the sockets of health checks.
 *   <li>{@link org.vipdrift.netio.port.LinuxNotifyFifo}, {@link
 *       org.vipdrift.netio.port.LinuxMailTransport}: who else is told of changes.
 *   <li>{@link org.vipdrift.netio.port.LinuxVrrpNetwork}: raw sockets for VRRP.
 *   <li>{@link org.vipdrift.netio.port.LinuxNeighborAnnouncer}: gratuitous ARP and unsolicited
 *       neighbour advertisements.
 * </ul>
 *
 * <p>An actor here never blocks: what may take time happens on named threads, bounded in number,
 * that tell the actor what came of it. Each passes the contract suite of its port.
 */
@NullMarked
package org.vipdrift.netio.port;

import org.jspecify.annotations.NullMarked;
