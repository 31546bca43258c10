/**
 * Links of this machine, as Linux offers them to programs: namespaces, rtnetlink, raw and packet
 * sockets.
 *
 * <p>A socket belongs to the network namespace of the thread that opens it; {@link
 * org.vipdrift.netio.link.NetworkNamespace} lends such a thread. Whatever receives does so on one
 * named platform thread of its own and hands on what came; nothing here decides.
 */
@NullMarked
package org.vipdrift.netio.link;

import org.jspecify.annotations.NullMarked;
