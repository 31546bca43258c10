/**
 * keepalived's virtual servers: what is configured, when and how real servers are checked, and what
 * follows for the pool.
 *
 * <pre>
 * VirtualServerSettings ─ RealServerSettings ─ CheckerSettings ─ Check     what is configured
 * CheckerMachine     when a check is made, and when it counts as up or down
 * ProbeMachine       one check on the wire: what is sent, what is expected
 * PoolMachine        quorum, sorry server, weights: what the IPVS table is to hold
 * </pre>
 *
 * <p>The rules are keepalived 2.2.7's. Deliberately absent: e-mail, SNMP, BFD_CHECK and FILE_CHECK.
 */
@NullMarked
package org.vipdrift.model.checker;

import org.jspecify.annotations.NullMarked;
