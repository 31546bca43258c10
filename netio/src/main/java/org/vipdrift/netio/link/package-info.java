/**
 * Links of this machine, as Linux offers them to programs: namespaces, rtnetlink, raw and packet
 * sockets.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.link.RouteSocket}: links, addresses, routes and rules asked for
 *       and changed; {@link org.vipdrift.netio.link.VirtualLinks}: the interfaces of virtual
 *       routers.
 *   <li>{@link org.vipdrift.netio.link.LinkMonitor}: what happens to them, in any number of
 *       namespaces.
 *   <li>{@link org.vipdrift.netio.link.NetlinkSocket}, {@link
 *       org.vipdrift.netio.link.NetlinkRequest}, {@link org.vipdrift.netio.link.NetlinkMessage},
 *       {@link org.vipdrift.netio.link.NetlinkAttributes}: netlink itself, for other protocols too.
 * </ul>
 *
 * <p>A socket belongs to the network namespace of the thread that opens it; {@link
 * org.vipdrift.netio.link.NetworkNamespace} lends such a thread. Whatever receives does so on one
 * named platform thread of its own and hands on what came; nothing here decides.
 */
@NullMarked
package org.vipdrift.netio.link;

import org.jspecify.annotations.NullMarked;
