/**
 * Addresses and the bytes on the wire: Ethernet, ARP, IPv4, IPv6, ICMP, and their checksums.
 *
 * <p>Everything here is immutable. Decoding never throws on wire input; it answers a sealed result.
 */
@NullMarked
package org.vipdrift.model.frame;

import org.jspecify.annotations.NullMarked;
