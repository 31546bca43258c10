/**
 * IPVS of a simulated kernel: the tables of {@code model.ipvs} between the IP layer and the wire.
 *
 * <p>{@link org.vipdrift.simulator.kernel.ipvs.VirtualServing} decides what becomes of a packet and
 * rewrites it; {@link org.vipdrift.simulator.kernel.ipvs.SyncDaemons} tell other directors. Both
 * ask the kernel for what they need through {@link
 * org.vipdrift.simulator.kernel.ipvs.DirectorNetwork}. Deliberately absent: fragments, ICMP errors
 * that belong to connections, GUE and GRE tunnels.
 */
@NullMarked
package org.vipdrift.simulator.kernel.ipvs;

import org.jspecify.annotations.NullMarked;
