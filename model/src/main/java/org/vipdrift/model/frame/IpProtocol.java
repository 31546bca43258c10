package org.vipdrift.model.frame;

/** Numbers of IP protocols, as IANA assigns them. */
public final class IpProtocol {
  public static final int HOP_BY_HOP = 0;
  public static final int ICMP = 1;
  public static final int IGMP = 2;

  /** IPv4 in IPv4 (RFC 2003). */
  public static final int IPIP = 4;

  public static final int TCP = 6;
  public static final int UDP = 17;

  /** IPv6 in either (RFC 2473). */
  public static final int IPV6 = 41;

  public static final int AUTHENTICATION_HEADER = 51;
  public static final int ICMPV6 = 58;
  public static final int VRRP = 112;

  private IpProtocol() {}

  /** The usual name, or the number. */
  public static String name(int protocol) {
    return switch (protocol) {
      case HOP_BY_HOP -> "hop-by-hop";
      case ICMP -> "ICMP";
      case IGMP -> "IGMP";
      case IPIP -> "IPIP";
      case TCP -> "TCP";
      case UDP -> "UDP";
      case IPV6 -> "IPv6 in IP";
      case AUTHENTICATION_HEADER -> "AH";
      case ICMPV6 -> "ICMPv6";
      case VRRP -> "VRRP";
      default -> "protocol " + protocol;
    };
  }
}
