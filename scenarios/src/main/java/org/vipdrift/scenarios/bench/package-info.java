/**
 * How fast the simulation is on this machine.
 *
 * <p>{@link org.vipdrift.scenarios.bench.Bench} takes three figures: a quiet pair, short runs with
 * a failover, and a thousand virtual routers. Each has beside it what a {@link
 * org.vipdrift.scenarios.bench.BareLoop} does with the same work: the machines and the codec on a
 * heap, without actors, kernels, switches, trace and verdict. What lies between the two is the
 * price of being faithful.
 *
 * <p>Deliberately absent: micro-benchmarks of parts.
 */
@NullMarked
package org.vipdrift.scenarios.bench;

import org.jspecify.annotations.NullMarked;
