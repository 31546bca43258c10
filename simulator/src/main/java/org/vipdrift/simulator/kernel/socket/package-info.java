/**
 * What TCP and UDP sockets of a simulated kernel have in common.
 *
 * <p>{@link org.vipdrift.simulator.kernel.socket.SocketOwner} is a process with its {@link
 * org.vipdrift.simulator.kernel.socket.OwnedSocket}s: while it is frozen what it should hear waits.
 * {@link org.vipdrift.simulator.kernel.socket.HostNetwork} is what the transport protocols ask of
 * the kernel below them.
 */
@NullMarked
package org.vipdrift.simulator.kernel.socket;

import org.jspecify.annotations.NullMarked;
