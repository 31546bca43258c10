package org.vipdrift.model.nginx;

import org.vipdrift.model.frame.IpAddress;

/**
 * A {@code listen} directive.
 *
 * @param address {@code 0.0.0.0} or {@code ::} for every address of the family
 * @param port 1..65535
 * @param defaultServer whether {@code default_server} is given
 * @param backlog of listen(2)
 * @param udp only in {@code stream}
 */
public record Listen(
    IpAddress address, int port, boolean defaultServer, boolean tls, int backlog, boolean udp) {
  /** Linux, as nginx asks it: {@code NGX_LISTEN_BACKLOG}. */
  public static final int DEFAULT_BACKLOG = 511;

  public boolean isWildcard() {
    return switch (address) {
      case IpAddress.V4(int bits) -> bits == 0;
      case IpAddress.V6(long high, long low) -> high == 0 && low == 0;
    };
  }

  public boolean isSameSocket(Listen other) {
    return port == other.port && udp == other.udp && address.equals(other.address);
  }

  /** {@code 0.0.0.0:80}, as nginx writes it. */
  public String text() {
    return switch (address) {
      case IpAddress.V4 v4 -> v4 + ":" + port;
      case IpAddress.V6 v6 -> "[" + v6 + "]:" + port;
    };
  }
}
