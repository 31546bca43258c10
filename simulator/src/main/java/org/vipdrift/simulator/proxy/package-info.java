/**
 * HAProxy's data plane on simulated sockets: {@link org.vipdrift.simulator.proxy.SimulatedProxy}
 * listens where {@code bind} lines say, hands what comes in to {@link
 * org.vipdrift.model.haproxy.ProxyProcess}, and opens the connections it asks for, encrypted where
 * {@code ssl} is written.
 *
 * <pre>
 *   clients   ProxyHeaderArrival (accept-proxy), TlsClientArrival with Certificates, then ToListener
 *   servers   PreambleSender (send-proxy), ToListener
 *   both      SocketLink: a connection as the proxy sees it
 *   others    ProxyRegistry: who runs, for the control plane
 * </pre>
 *
 * <p>Plain objects on the event heap, as the kernel's sockets are. A TLS handshake costs {@link
 * org.vipdrift.simulator.proxy.SimulatedProxy#HANDSHAKE_COMPUTING} of the processor, one after the
 * other. Deliberately absent: everything that decides; Unix sockets.
 */
@NullMarked
package org.vipdrift.simulator.proxy;

import org.jspecify.annotations.NullMarked;
