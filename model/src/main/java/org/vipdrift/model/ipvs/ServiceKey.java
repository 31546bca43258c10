package org.vipdrift.model.ipvs;

import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** What tells one virtual service from another. */
public sealed interface ServiceKey {
  IpFamily family();

  /**
   * A service at an address.
   *
   * @param port 0 for every port, which needs persistence
   */
  record Address(TransportProtocol protocol, IpAddress address, int port) implements ServiceKey {
    @Override
    public IpFamily family() {
      return address.family();
    }

    @Override
    public String toString() {
      return protocol + " " + Texts.endpoint(address, port);
    }
  }

  /** A service of whatever carries a firewall mark. */
  record Mark(int mark, IpFamily family) implements ServiceKey {
    @Override
    public String toString() {
      return "FWM " + mark;
    }
  }
}
