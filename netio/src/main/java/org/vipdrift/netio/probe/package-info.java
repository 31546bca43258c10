/**
 * The sockets of health checks on a real network.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.probe.ProbeLoop}: one selector thread for all TCP and UDP probes
 *       of the node, and at most eight threads for echo requests.
 *   <li>{@code TcpProbe}, {@code TlsLayer}, {@code UdpProbe}, {@code EchoProbe}: what it drives.
 * </ul>
 *
 * <p>Deliberately absent: timeouts, which are the checkers'; the verification of certificates,
 * which keepalived does not do either; firewall marks, which the JDK cannot set.
 */
@NullMarked
package org.vipdrift.netio.probe;

import org.jspecify.annotations.NullMarked;
