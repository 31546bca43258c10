/**
 * TCP of a simulated kernel, Linux-like where a client can tell the difference: listening, SYN
 * retransmission, RST for what belongs to nobody, retransmission with exponential back-off, FIN,
 * keep-alive and the overflow of a backlog.
 *
 * <p>Programs use {@link org.vipdrift.simulator.kernel.tcp.Sockets}; everything a connection has to
 * say arrives at a {@link org.vipdrift.simulator.kernel.tcp.ConnectionHandler}, never while the
 * process is frozen: the kernel goes on in its name, and what happened is told at the thaw.
 */
@NullMarked
package org.vipdrift.simulator.kernel.tcp;

import org.jspecify.annotations.NullMarked;
