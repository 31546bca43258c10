/**
 * Real time: the host's clock, and one precise thread for every timer of the node.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.time.MonotonicClock}: the clock of the actors.
 *   <li>{@link org.vipdrift.netio.time.PreciseScheduler}: Pekko's scheduler; {@link
 *       org.vipdrift.netio.time.RealTimeAlarms}: the alarms of the actors. Both keep their
 *       deadlines in the one {@code DeadlineHeap} of one {@code TimerThread}.
 *   <li>{@link org.vipdrift.netio.time.NodeSystem}: an actor system for a daemon, on that scheduler
 *       and on two named threads; actors that never wait may run on their callers' threads instead
 *       ({@link org.vipdrift.netio.time.CallersExecutor}).
 * </ul>
 *
 * <p>Pekko's own scheduler counts in ticks of 10 ms, which is the whole interval of a fast advert;
 * this one sleeps until the very deadline and misses it by little more than the kernel's timer
 * slack (50 microseconds unless the thread asks for less, see {@link
 * org.vipdrift.netio.time.PreciseScheduler#runOnTimerThread}).
 *
 * <p>Deliberately absent: spinning before a deadline. It would win some tens of microseconds for a
 * processor that other daemons of the machine need.
 */
@NullMarked
package org.vipdrift.netio.time;

import org.jspecify.annotations.NullMarked;
