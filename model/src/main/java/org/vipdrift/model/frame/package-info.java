/**
 * Addresses and the bytes on the wire: Ethernet, ARP, IPv4, IPv6, IP in IP, ICMP, neighbour
 * discovery, IGMP and MLD, TCP and UDP, and their checksum.
 *
 * <p>Everything here is immutable. A {@link org.vipdrift.model.frame.FramePayload} writes itself
 * into the array of a whole frame; reading never throws on wire input but answers {@link
 * org.vipdrift.model.frame.Decoded}. Addresses: {@link org.vipdrift.model.frame.MacAddress}, {@link
 * org.vipdrift.model.frame.IpAddress}, {@link org.vipdrift.model.frame.IpPrefix}. {@link
 * org.vipdrift.model.frame.FrameFacts} answers what a switch asks about a frame without decoding
 * it, and {@link org.vipdrift.model.frame.TcpHeader} does so for the segments that a simulated host
 * sends and receives by the million.
 *
 * <p>Deliberately absent: VRRP, which lives with its machine; VLAN tags; TCP options but the
 * maximum segment size; reassembly of fragments.
 */
@NullMarked
package org.vipdrift.model.frame;

import org.jspecify.annotations.NullMarked;
