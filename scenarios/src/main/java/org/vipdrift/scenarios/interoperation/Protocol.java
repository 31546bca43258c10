package org.vipdrift.scenarios.interoperation;

import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/** A variant of the protocol that two daemons must both speak. */
public enum Protocol {
  V2_PASSWORD("v2 PASS", 2, false),
  V2_PLAIN("v2 none", 2, false),
  V3_IPV4("v3 IPv4", 3, false),
  V3_IPV6("v3 IPv6", 3, true),
  UNICAST("unicast", 2, false);

  private final String title;
  private final int version;
  private final boolean ipv6;

  Protocol(String title, int version, boolean ipv6) {
    this.title = title;
    this.version = version;
    this.ipv6 = ipv6;
  }

  public String title() {
    return title;
  }

  int version() {
    return version;
  }

  /** The prefix of a segment, counted from 0. */
  IpPrefix subnet(int segment) {
    return prefix(ipv6 ? "fd00:" + segment + "::/64" : "20.0." + segment + ".0/24");
  }

  /** The address of a host, counted from 0, on a segment. */
  IpPrefix address(int segment, int host) {
    return prefix(
        ipv6
            ? "fd00:" + segment + "::2" + (host + 1) + "/64"
            : "20.0." + segment + ".2" + (host + 1) + "/24");
  }

  /** The virtual address on a segment. */
  IpAddress virtualAddress(int segment) {
    return prefix(ipv6 ? "fe80::10" + segment : "20.0." + segment + ".100").address();
  }

  private static IpPrefix prefix(String text) {
    return IpPrefix.parse(text).orElseThrow();
  }

  /** The lines of an instance that make this variant. */
  String instanceLines(int segment, int self, int hosts) {
    return switch (this) {
      case V2_PASSWORD -> "  authentication {\n    auth_type PASS\n    auth_pass drift\n  }\n";
      case V2_PLAIN, V3_IPV4, V3_IPV6 -> "";
      case UNICAST -> unicastLines(segment, self, hosts);
    };
  }

  private String unicastLines(int segment, int self, int hosts) {
    StringBuilder lines = new StringBuilder();
    lines.append("  unicast_src_ip ").append(address(segment, self).address()).append("\n");
    lines.append("  unicast_peer {\n");
    for (int peer = 0; peer < hosts; peer++) {
      if (peer != self) {
        lines.append("    ").append(address(segment, peer).address()).append("\n");
      }
    }
    return lines.append("  }\n").toString();
  }
}
