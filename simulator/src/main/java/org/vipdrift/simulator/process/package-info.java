/**
 * Processes in virtual time: unmodified typed actors, run deterministically by one thread.
 *
 * <p>{@link org.vipdrift.simulator.process.VirtualSystem} is the actor system, started once and
 * reused; {@link org.vipdrift.simulator.process.VirtualRun} is one run of it from a seed. A run
 * drains its queue of mailbox runs, first in first out and one message each, before virtual time
 * moves to the next event. {@link org.vipdrift.simulator.process.ProcessSlot} is one incarnation of
 * a process: a dispatcher of its own that can be frozen, paused, starved and killed.
 *
 * <p>What would make Pekko's order differ from run to run, and what is done about it: its thread
 * pools (every dispatcher feeds the one queue), its scheduler and {@code nanoTime} (virtual time;
 * throughput 1, no deadline), loggers that block the start (the plain standard output logger,
 * silent), shutdown hooks (off), and the random identities of actors that decide the order of
 * watchers (the generator of the thread is set before each draw). A message from another thread is
 * a hard failure.
 *
 * <p>Deliberately absent: restart windows, jittered back-off, circuit breakers and ask, which would
 * read real clocks or leave the thread.
 */
@NullMarked
package org.vipdrift.simulator.process;

import org.jspecify.annotations.NullMarked;
