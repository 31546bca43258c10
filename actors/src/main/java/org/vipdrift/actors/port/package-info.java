/**
 * Ports: what the actors ask of the world, as actor protocols.
 *
 * <p>Each has exactly two implementations, a thin actor in the simulator and one on real networks,
 * and one contract suite that both pass. {@link org.vipdrift.actors.port.Clock}, {@link
 * org.vipdrift.actors.port.Alarms} and {@link org.vipdrift.actors.port.TraceSink} are plain in-line
 * interfaces instead: they are asked too often for a mailbox in between.
 *
 * <p>{@code cause} is the trace id of the event that led to a message, 0 where it is not known. A
 * {@code who} names the incarnation of the process that asks, so that what it holds can be released
 * by owner when it fails.
 */
@NullMarked
package org.vipdrift.actors.port;

import org.jspecify.annotations.NullMarked;
