/**
 * HAProxy's choice of a server, as version 2.6 makes it, request by request.
 *
 * <p>Start at {@link org.vipdrift.model.balance.BalancedBackend}: the servers of one backend with
 * their load, a {@link org.vipdrift.model.balance.Balancer} for its algorithm, and the {@link
 * org.vipdrift.model.balance.BackendSnapshot} that whoever checks the servers publishes.
 *
 * <pre>
 *   roundrobin                        RoundRobin
 *   static-rr                         StaticRoundRobin over a ServerMap
 *   leastconn                         LeastConnections
 *   first                             FirstAvailable
 *   source, uri, hdr, url_param,      HashedMap or HashedRing, by hash-type;
 *   rdp-cookie                        RequestHash makes the number
 *   random                            RandomDraws over a HashRing
 * </pre>
 *
 * <p>Nothing here knows time: slow start arrives as a changed {@link
 * org.vipdrift.model.balance.ServerSnapshot}. Deliberately absent: queues and persistence, which
 * belong to the session, and HAProxy's choice between threads. nginx's choice is in {@code
 * balance.nginx}.
 */
@NullMarked
package org.vipdrift.model.balance;

import org.jspecify.annotations.NullMarked;
