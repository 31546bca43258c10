/**
 * TCP of a simulated kernel, Linux-like where a client can tell the difference: listening, SYN
 * retransmission, RST for what belongs to nobody, retransmission with exponential back-off, FIN,
 * keep-alive and the overflow of a backlog.
 *
 * <pre>
 * TcpStack             who listens, which flows there are, RST for all others
 *   FlowTable            flows by addresses and ports
 *     TcpConnection        one end, in one of its states (TcpState)
 *       Endpoint             addresses, ports and the one timer
 *       SendSide             window, retransmission, probes   (SendQueue, RoundTrip)
 *       ReceiveSide          order, window, acknowledgments   (Reassembly)
 *       ProgramSide          what its program has to hear
 *       KeepAlive            probes of an idle connection
 *     TimeWait             what stays for 60 s, without a timer
 *   ListeningSocket      the backlog
 * </pre>
 *
 * <p>Programs use {@link org.vipdrift.simulator.kernel.tcp.Sockets}; everything a connection has to
 * say arrives at a {@link org.vipdrift.simulator.kernel.tcp.ConnectionHandler}, never while the
 * process is frozen: the kernel goes on in its name, and what happened is told at the thaw.
 *
 * <p>Fewer segments than Linux sends: the third of a handshake and a FIN ride on data that is sent
 * in the same turn. A connection survives the loss of its address; see {@link
 * org.vipdrift.simulator.kernel.socket.HostNetwork#send} for what then leaves the host.
 *
 * <p>Deliberately absent: congestion control and Nagle's algorithm, options but the maximum segment
 * size (so no window scaling: 64,240 octets per round trip at most; no selective acknowledgments;
 * no timestamps), urgent data, SYN cookies (half-open connections are not limited), SO_REUSEPORT.
 */
@NullMarked
package org.vipdrift.simulator.kernel.tcp;

import org.jspecify.annotations.NullMarked;
