package org.vipdrift.model.ipvs;

import org.vipdrift.model.frame.IpAddress;

/**
 * What a packet says of where it belongs.
 *
 * @param mark the firewall mark, 0 for none
 */
public record Flow(
    TransportProtocol protocol,
    IpAddress source,
    int sourcePort,
    IpAddress destination,
    int destinationPort,
    int mark) {}
