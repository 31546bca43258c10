/**
 * The ports of {@link org.vipdrift.actors.port} on a Linux machine, as thin actors.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.port.LinuxInterfaces}: what {@link
 *       org.vipdrift.netio.link.LinkMonitor} tells of links and addresses.
 *   <li>{@link org.vipdrift.netio.port.LinuxAddressTable}, {@link
 *       org.vipdrift.netio.port.LinuxRouteTable}, {@link
 *       org.vipdrift.netio.port.LinuxVirtualInterfaces}: requests through {@link
 *       org.vipdrift.netio.link.RouteSocket}, each answered within some 50 microseconds.
 *   <li>{@link org.vipdrift.netio.port.OwnChanges} lets the first know what the second has done.
 *   <li>{@link org.vipdrift.netio.port.StaleAddresses}: what an earlier run has left behind.
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
 * <p>An actor here never blocks for long: a request to the kernel takes microseconds; what may take
 * time happens on named threads, bounded in number, that tell the actor what came of it. What they
 * work on is opened by whoever makes them, in the network namespace that is meant, and closed by
 * the same. An actor that is stopped takes nothing back: addresses stay in the kernel. Each passes
 * the contract suite of its port.
 */
@NullMarked
package org.vipdrift.netio.port;

import org.jspecify.annotations.NullMarked;
