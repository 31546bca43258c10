/**
 * Addresses and the bytes on the wire: Ethernet, ARP, IPv4, IPv6, ICMP, neighbour discovery, IGMP
 * and MLD, and their checksum.
 *
 * <p>Everything here is immutable. A {@link org.vipdrift.model.frame.FramePayload} writes itself
 * into the array of a whole frame; reading never throws on wire input but answers {@link
 * org.vipdrift.model.frame.Decoded}. Addresses: {@link org.vipdrift.model.frame.MacAddress}, {@link
 * org.vipdrift.model.frame.IpAddress}, {@link org.vipdrift.model.frame.IpPrefix}. {@link
 * org.vipdrift.model.frame.FrameFacts} answers what a switch asks about a frame without decoding
 * it.
 *
 * <p>Deliberately absent: VRRP, which lives with its machine; VLAN tags; reassembly of fragments.
 */
@NullMarked
package org.vipdrift.model.frame;

import org.jspecify.annotations.NullMarked;
