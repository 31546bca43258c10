/**
 * The pure heart: what a pair of machines is, how its protocol machines decide, and what a run of
 * it means.
 *
 * <p>Machines have the form (settings, state, event at a time) to (state, effects, reason).
 * Deliberately absent: actors, logging, sockets, files, threads and clocks.
 */
@NullMarked
package org.vipdrift.model;

import org.jspecify.annotations.NullMarked;
