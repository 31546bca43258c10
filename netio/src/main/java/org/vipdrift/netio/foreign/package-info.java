/**
 * The C library, as far as the rest of netio needs it: no policy, no state.
 *
 * <p>{@link org.vipdrift.netio.foreign.Libc} has one method per call; {@link
 * org.vipdrift.netio.foreign.SocketAddress} builds and reads the kernel's address structures. Only
 * 64-bit Linux is meant.
 *
 * <p>Two ways of failing: calls that prepare something throw {@link
 * org.vipdrift.netio.foreign.NativeException}; those that move bytes answer {@code -errno}, for
 * there "not now" is an ordinary answer.
 */
@NullMarked
package org.vipdrift.netio.foreign;

import org.jspecify.annotations.NullMarked;
