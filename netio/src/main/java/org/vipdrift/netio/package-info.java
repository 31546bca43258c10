/**
 * Real networks: the second implementation of every port of {@code org.vipdrift.actors.port}, on
 * raw sockets, netlink, real scripts and real probes, and what is built of it: a node, and a
 * testbed of network namespaces.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.foreign}: calls of libc and their error numbers, no policy.
 *   <li>{@link org.vipdrift.netio.link}: namespaces, rtnetlink requests and events, VRRP sockets,
 *       packet sockets; all of the kernel that a node speaks to by itself.
 *   <li>{@link org.vipdrift.netio.port}: the ports as thin actors over {@code link}, {@code
 *       script}, {@code probe} and {@code mail}.
 *   <li>{@link org.vipdrift.netio.script}: whether, as whom and how scripts run, and named pipes.
 *   <li>{@link org.vipdrift.netio.mail} and {@link org.vipdrift.netio.probe}: e-mail alerts, and
 *       checks of servers.
 *   <li>{@link org.vipdrift.netio.time}: the real clock, and a scheduler for Pekko that wakes
 *       within a fraction of a millisecond.
 *   <li>{@link org.vipdrift.netio.node}: one configuration as a process, from start to end.
 *   <li>{@link org.vipdrift.netio.namespaces}: clusters of real daemons on this machine.
 * </ul>
 *
 * <p>What was decided:
 *
 * <ul>
 *   <li>Instances share sockets: one receive socket and one named thread for each interface, family
 *       and group, as 255 threads would cost more than they hear.
 *   <li>Rules of the packet filter are in nft tables of the node's own, so that removing them is
 *       removing the tables; what others have written is never touched.
 *   <li>Processes are watched by looking at {@code /proc} at intervals; the kernel's process events
 *       need a privilege that a node does not otherwise want.
 *   <li>An address is installed first and asked about afterwards. RFC 5227 would have a host ask
 *       before; a takeover that waits for silence is not one. An answer raises the split-brain
 *       alarm.
 *   <li>Another machine with one of this machine's own IPv4 addresses is told in the log, and the
 *       node starts. An own IPv6 address that the kernel has found to be a duplicate cannot be sent
 *       from, and refuses the start.
 * </ul>
 *
 * <p>Where it departs from keepalived: it does not fork; distances between announcements are kept
 * per interface, the longest of its instances; {@code vrrp_cpu_affinity} and {@code
 * vrrp_rlimit_rttime} are left to the service manager, and said so; a configuration that cannot be
 * read at a reload leaves the old one in use.
 *
 * <p>Deliberately absent: IPVS. A configuration with virtual servers is refused unless they are
 * left out.
 */
@NullMarked
package org.vipdrift.netio;

import org.jspecify.annotations.NullMarked;
