package org.vipdrift.netio.link;

/**
 * Numbers of linux/netlink.h, rtnetlink.h, if_link.h, if_addr.h and fib_rules.h, under their own
 * names.
 */
final class Rtnetlink {
  static final int IFNAMSIZ = 16;
  static final long SIOCGIFINDEX = 0x8933;

  static final int NETLINK_ROUTE = 0;
  static final int SOL_NETLINK = 270;
  static final int NETLINK_CAP_ACK = 10;
  static final int NETLINK_EXT_ACK = 11;
  static final int NETLINK_GET_STRICT_CHK = 12;

  static final int NLMSG_ERROR = 2;
  static final int NLMSG_DONE = 3;
  static final int NLMSG_OVERRUN = 4;
  static final int NLMSGERR_ATTR_MSG = 1;

  static final int NLM_F_REQUEST = 1;
  static final int NLM_F_ACK = 4;
  static final int NLM_F_DUMP_INTR = 0x10;
  static final int NLM_F_CAPPED = 0x100;
  static final int NLM_F_DUMP = 0x300;
  static final int NLM_F_REPLACE = 0x100;
  static final int NLM_F_EXCL = 0x200;
  static final int NLM_F_CREATE = 0x400;
  static final int NLM_F_APPEND = 0x800;

  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int RTM_GETLINK = 18;
  static final int RTM_NEWADDR = 20;
  static final int RTM_DELADDR = 21;
  static final int RTM_GETADDR = 22;
  static final int RTM_NEWROUTE = 24;
  static final int RTM_DELROUTE = 25;
  static final int RTM_GETROUTE = 26;
  static final int RTM_NEWRULE = 32;
  static final int RTM_DELRULE = 33;
  static final int RTM_GETRULE = 34;

  static final int RTMGRP_LINK = 1;
  static final int RTMGRP_IPV4_IFADDR = 0x10;
  static final int RTMGRP_IPV4_ROUTE = 0x40;
  static final int RTMGRP_IPV6_IFADDR = 0x100;
  static final int RTMGRP_IPV6_ROUTE = 0x400;

  static final int IFF_UP = 1;
  static final int IFF_LOOPBACK = 8;
  static final int IFF_RUNNING = 0x40;
  static final int IFF_LOWER_UP = 0x10000;

  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_LINK = 5;
  static final int IFLA_MASTER = 10;
  static final int IFLA_OPERSTATE = 16;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_AF_SPEC = 26;
  static final int IFLA_EXT_MASK = 29;
  static final int IFLA_INFO_KIND = 1;
  static final int IFLA_INFO_DATA = 2;
  static final int IFLA_MACVLAN_MODE = 1;
  static final int IFLA_IPVLAN_MODE = 1;
  static final int IFLA_IPVLAN_FLAGS = 2;
  static final int IFLA_INET_CONF = 1;
  static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  static final int RTEXT_FILTER_SKIP_STATS = 8;

  static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;
  static final int IFA_LABEL = 3;
  static final int IFA_BROADCAST = 4;
  static final int IFA_CACHEINFO = 6;
  static final int IFA_FLAGS = 8;

  static final int IFA_F_SECONDARY = 0x01;
  static final int IFA_F_NODAD = 0x02;
  static final int IFA_F_OPTIMISTIC = 0x04;
  static final int IFA_F_DADFAILED = 0x08;
  static final int IFA_F_HOMEADDRESS = 0x10;
  static final int IFA_F_DEPRECATED = 0x20;
  static final int IFA_F_TENTATIVE = 0x40;
  static final int IFA_F_PERMANENT = 0x80;
  static final int IFA_F_MANAGETEMPADDR = 0x100;
  static final int IFA_F_NOPREFIXROUTE = 0x200;
  static final int IFA_F_MCAUTOJOIN = 0x400;

  static final int RTA_DST = 1;
  static final int RTA_OIF = 4;
  static final int RTA_GATEWAY = 5;
  static final int RTA_PRIORITY = 6;
  static final int RTA_PREFSRC = 7;
  static final int RTA_METRICS = 8;
  static final int RTA_MULTIPATH = 9;
  static final int RTA_TABLE = 15;
  static final int RTA_VIA = 18;
  static final int RTA_PREF = 20;
  static final int RTAX_MTU = 2;
  static final int RTNH_F_ONLINK = 4;

  static final int FRA_DST = 1;
  static final int FRA_SRC = 2;
  static final int FRA_IIFNAME = 3;
  static final int FRA_GOTO = 4;
  static final int FRA_PRIORITY = 6;
  static final int FRA_FWMARK = 10;
  static final int FRA_SUPPRESS_PREFIXLEN = 14;
  static final int FRA_TABLE = 15;
  static final int FRA_FWMASK = 16;
  static final int FRA_OIFNAME = 17;
  static final int FRA_UID_RANGE = 20;
  static final int FRA_PROTOCOL = 21;
  static final int FIB_RULE_INVERT = 2;

  private Rtnetlink() {}
}
