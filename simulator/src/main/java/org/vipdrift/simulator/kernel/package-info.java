/**
 * The kernel of a simulated host, as far as high availability leans on it: Linux with its defaults.
 *
 * <pre>
 * HostKernel            the machine: power, links, lives of processes
 *   SystemCalls         what processes ask for
 *   NetworkInterface    one card: link state, addresses, and per card
 *     NeighborCache       who is where (ARP and neighbour discovery), with ageing
 *     GroupMemberships    which multicast is received and reported
 *     VrrpSockets         raw sockets by family and VRID
 *     ConnectedNetworks   the networks of its addresses, however many these are
 *   LocalAddresses      the address table
 *   RouteLookup         which way a packet leaves (RoutingTable: the routes that were added)
 *   IpLayer             firewall, forwarding, delivery
 *     IcmpErrors          who is told of a packet that did not arrive
 *   KernelNetwork       what TCP and UDP see of all this, and the loopback network
 *   kernel.tcp, kernel.udp, kernel.tls
 *   ArpProtocol, NeighborDiscovery, Pings
 *   ipvs.VirtualServing IPVS between the IP layer and the sockets
 *   ProcessOwners       which incarnations of processes live, and whose sockets fill up
 *   HostFiles, ProcessTable
 * </pre>
 *
 * <p>A TCP segment for this host is read in its frame and takes a short way to {@link
 * org.vipdrift.simulator.kernel.tcp.TcpStack}, as long as there is no firewall rule that wants to
 * see the packet.
 *
 * <p>Deliberately absent: fragments, routers' part of neighbour discovery, duplicate address
 * detection, ICMP "time exceeded", virtual MAC addresses, an interface {@code lo}: packets of a
 * host to itself pass the firewall as if there were one.
 */
@NullMarked
package org.vipdrift.simulator.kernel;

import org.jspecify.annotations.NullMarked;
