/**
 * What an instance tracks besides its peers: the pure machines of check scripts and of watched
 * processes, with keepalived 2.2.7's counting.
 *
 * <p>How their results weigh in the priority is said in {@code model.vrrp}; running anything is the
 * business of the actors' ports.
 */
@NullMarked
package org.vipdrift.model.tracking;

import org.jspecify.annotations.NullMarked;
