package org.vipdrift.model.ipvs;

import org.vipdrift.model.frame.IpAddress;

/** How addresses with ports are written. */
final class Texts {
  private Texts() {}

  static String endpoint(IpAddress address, int port) {
    return switch (address) {
      case IpAddress.V4 v4 -> v4 + ":" + port;
      case IpAddress.V6 v6 -> "[" + v6 + "]:" + port;
    };
  }
}
