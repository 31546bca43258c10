/**
 * One run's world put together: hosts, clients, segments, and the trace they all write to.
 *
 * <p>{@link org.vipdrift.simulator.cluster.Cluster} builds a scenario; what is then done to it is
 * {@code simulator.fault}'s business.
 */
@NullMarked
package org.vipdrift.simulator.cluster;

import org.jspecify.annotations.NullMarked;
