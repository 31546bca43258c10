/**
 * The ports of a simulated host: one thin actor each, in the host's kernel slot.
 *
 * <p>They translate messages into calls of the {@link org.vipdrift.simulator.kernel.HostKernel} and
 * decide nothing; it refuses what a dead process asks. Deliberately absent: the script runner,
 * which lives with the scripts.
 */
@NullMarked
package org.vipdrift.simulator.port;

import org.jspecify.annotations.NullMarked;
