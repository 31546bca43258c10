/**
 * The tables of Linux's IP virtual server: services, real servers, schedulers, connections.
 *
 * <pre>
 * Director             the tables: services are configured, packets asked about
 *   VirtualService       what is balanced, and how
 *   RealServer           a destination with its connections counted
 *   SchedulerState ...   who is next: one class for each family of rules
 *   ConnectionTable      who was sent where; templates of persistent clients
 *     Connection         with the states of TcpState
 * SyncMessage          what the synchronisation daemons tell each other
 * </pre>
 *
 * <p>The rules are those of Linux 6.1, {@code net/netfilter/ipvs}; the times are the kernel's
 * defaults. A service's real servers stand in the kernel's order: the one added last comes first.
 * Everything is told the time and has no other.
 *
 * <p>Deliberately absent: lblc, lblcr and twos, persistence engines, application helpers (FTP),
 * defence against floods, statistics, and everything of SCTP but its name.
 */
@NullMarked
package org.vipdrift.model.ipvs;

import org.jspecify.annotations.NullMarked;
