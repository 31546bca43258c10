/**
 * Health checks of servers as HAProxy 2.6 makes them: what a check says on the wire, what its
 * outcome is called, and how outcomes, traffic and administrators move a server between up and
 * down.
 *
 * <p>Deliberately absent: sockets and timers, which whoever runs the machines has.
 */
@NullMarked
package org.vipdrift.model.health;

import org.jspecify.annotations.NullMarked;
