package org.vipdrift.model.ipvs;

import org.vipdrift.model.frame.IpAddress;

/**
 * What a connection is found by: the client's side, and what it asked for.
 *
 * @param protocol its number; 0 in the template of a firewall mark
 * @param clientPort 0 in a template
 * @param virtualPort 0 in the template of a service of all ports
 */
public record ConnectionKey(
    int protocol, IpAddress client, int clientPort, IpAddress virtual, int virtualPort) {
  @Override
  public String toString() {
    return Texts.endpoint(client, clientPort) + " " + Texts.endpoint(virtual, virtualPort);
  }
}
