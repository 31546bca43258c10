/**
 * Real networks: the second implementation of every port of {@code org.vipdrift.actors.port}, on
 * raw sockets, netlink, real scripts and real probes.
 *
 * <p>Deliberately absent until the real node is built: everything. A half-real network would be
 * worse than none.
 */
@NullMarked
package org.vipdrift.netio;

import org.jspecify.annotations.NullMarked;
