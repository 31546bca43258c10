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
 * </ul>
 *
 * <p>What they work on is opened by whoever makes them, in the network namespace that is meant, and
 * closed by the same. An actor that is stopped takes nothing back: addresses stay in the kernel.
 */
@NullMarked
package org.vipdrift.netio.port;

import org.jspecify.annotations.NullMarked;
