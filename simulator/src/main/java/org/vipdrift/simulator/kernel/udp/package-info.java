/**
 * UDP of a simulated kernel: sockets that send datagrams and hear of those that come, and of the
 * ICMP errors about those they sent.
 *
 * <p>Deliberately absent: multicast, fragments, connected sockets (every socket hears of errors).
 */
@NullMarked
package org.vipdrift.simulator.kernel.udp;

import org.jspecify.annotations.NullMarked;
