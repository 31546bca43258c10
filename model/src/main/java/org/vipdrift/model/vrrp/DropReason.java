package org.vipdrift.model.vrrp;

/** Why a received packet is no advert for this virtual router. */
public enum DropReason {
  /** Shorter than the fixed part of the message, or than the addresses it counts. */
  TOO_SHORT("too-short"),
  /** Longer than the addresses it counts. */
  TOO_LONG("too-long"),
  /** TTL or hop limit is not 255, or not within a peer's bounds. */
  TTL("ttl"),
  /** Another version than the configured one, or one that does not exist. */
  VERSION("version"),
  /** The type is not 1. */
  TYPE("type"),
  /** The VRID is not that of this virtual router. */
  VRID("vrid"),
  /** The authentication type is unknown or not the configured one. */
  AUTHENTICATION_TYPE("authentication-type"),
  PASSWORD("password"),
  /** Version 2: another advertisement interval than the configured one. */
  ADVERTISEMENT_INTERVAL("advertisement-interval"),
  /** Version 3: an interval of 0 (erratum 8301 to RFC 9568). */
  ZERO_INTERVAL("zero-interval"),
  /** Another number of addresses than the configured one. */
  ADDRESS_COUNT("address-count"),
  /** No address at all (erratum 8299 to RFC 9568). */
  NO_ADDRESSES("no-addresses"),
  CHECKSUM("checksum"),
  /** Sent to the group where unicast is configured, or the other way round. */
  CAST_TYPE("cast-type"),
  /** Other addresses than the configured ones. */
  ADDRESS_LIST("address-list"),
  /** Unicast from an address that is no configured peer. */
  UNKNOWN_PEER("unknown-peer"),
  /** This router owns the addresses and its dialect hears nobody. */
  OWNER("owner"),
  /** Over the other IP family. */
  FAMILY("family");

  private final String traceName;

  DropReason(String traceName) {
    this.traceName = traceName;
  }

  /**
   * Whether the packet got as far as the virtual router's own checks. keepalived then puts off a
   * master's next advert though it drops the packet; what is for another router, family or kind of
   * socket never comes that far.
   */
  public boolean reachesInstance() {
    return switch (this) {
      case VRID, FAMILY, CAST_TYPE -> false;
      case TOO_SHORT,
          TOO_LONG,
          TTL,
          VERSION,
          TYPE,
          AUTHENTICATION_TYPE,
          PASSWORD,
          ADVERTISEMENT_INTERVAL,
          ZERO_INTERVAL,
          ADDRESS_COUNT,
          NO_ADDRESSES,
          CHECKSUM,
          ADDRESS_LIST,
          UNKNOWN_PEER,
          OWNER ->
          true;
    };
  }

  /** The name in traces; never changes. */
  public String traceName() {
    return traceName;
  }
}
