/**
 * The kernel of a simulated host, as far as high availability leans on it: Linux with its defaults.
 *
 * <pre>
 * HostKernel            the machine: power, links, processes' requests
 *   NetworkInterface    one card: link state, addresses, and per card
 *     NeighborCache       who is where (ARP and neighbour discovery), with ageing
 *     GroupMemberships    which multicast is received and reported
 *     VrrpSockets         raw sockets by family and VRID
 *   LocalAddresses      the address table
 *   IpLayer             routes, firewall, forwarding, delivery
 *   ArpProtocol, NeighborDiscovery, Pings
 *   ipvs.VirtualServing IPVS between the IP layer and the sockets
 *   ProcessOwners       which incarnations of processes live, and whose sockets fill up
 *   HostFiles, ProcessTable
 * </pre>
 *
 * <p>Deliberately absent: TCP and UDP, fragments, routers' part of neighbour discovery, duplicate
 * address detection, ICMP "time exceeded", virtual MAC addresses.
 */
@NullMarked
package org.vipdrift.simulator.kernel;

import org.jspecify.annotations.NullMarked;
