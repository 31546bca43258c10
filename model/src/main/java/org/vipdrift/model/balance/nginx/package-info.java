/**
 * nginx's choice of an upstream server, as version 1.22 makes it: smooth weighted round robin,
 * {@code least_conn}, {@code ip_hash}, {@code hash} (also {@code consistent}) and {@code random},
 * with the passive health of {@code max_fails} and {@code fail_timeout}.
 *
 * <p>Start at {@link org.vipdrift.model.balance.nginx.UpstreamBalancer}: a {@code Peer} for each
 * {@code UpstreamServer}, chosen by {@code UpstreamMethod} (with a {@code HashRing} if consistent)
 * for the {@code UpstreamAttempts} of one request. Time comes in with every call. Deliberately
 * absent: {@code zone} shared between workers (one worker is modelled), and {@code slow_start},
 * which the free nginx does not have.
 */
@NullMarked
package org.vipdrift.model.balance.nginx;

import org.jspecify.annotations.NullMarked;
