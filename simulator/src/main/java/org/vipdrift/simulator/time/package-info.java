/**
 * Virtual time and the clocks of the hosts in it.
 *
 * <p>{@link org.vipdrift.simulator.time.VirtualTime} is true time: one heap of events, ordered by
 * (nanoseconds, sequence). A {@link org.vipdrift.simulator.time.HostClock} is what one host
 * believes of it: drift, steps, and a stop while its virtual machine is paused.
 *
 * <p>Deliberately absent: floating point (rates are parts per billion, exact), threads, and
 * periodic events (whoever fires reschedules).
 */
@NullMarked
package org.vipdrift.simulator.time;

import org.jspecify.annotations.NullMarked;
