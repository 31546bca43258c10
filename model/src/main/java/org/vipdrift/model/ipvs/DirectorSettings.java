package org.vipdrift.model.ipvs;

/**
 * The {@code net.ipv4.vs} sysctls that matter here.
 *
 * @param expireNodestConn whether a connection ends when its real server was removed; else its
 *     packets are dropped until it times out
 * @param expireQuiescentTemplate whether persistent clients leave a real server of weight 0
 * @param connReuseMode whether a SYN in a closing connection is scheduled anew
 * @param sloppyTcp whether any packet, not just a SYN, may begin a connection
 * @param syncThreshold in packet {@code syncThreshold}, and so many after each period, a connection
 *     is synchronised
 * @param syncPeriod in packets
 * @param addressHash of sh and dh
 */
public record DirectorSettings(
    boolean expireNodestConn,
    boolean expireQuiescentTemplate,
    boolean connReuseMode,
    boolean sloppyTcp,
    int syncThreshold,
    int syncPeriod,
    AddressHash addressHash) {
  /** The multiplicative hash of sh and dh, with its 256 buckets. */
  public enum AddressHash {
    /** The low bits of the product: Linux before 4.18. */
    LOW_BITS,
    /** The high bits of the product ({@code hash_32}): Linux since 4.18. */
    HIGH_BITS
  }

  public static final DirectorSettings DEFAULT =
      new DirectorSettings(false, false, true, false, 3, 50, AddressHash.LOW_BITS);

  public DirectorSettings withExpireNodestConn(boolean on) {
    return new DirectorSettings(
        on,
        expireQuiescentTemplate,
        connReuseMode,
        sloppyTcp,
        syncThreshold,
        syncPeriod,
        addressHash);
  }

  public DirectorSettings withExpireQuiescentTemplate(boolean on) {
    return new DirectorSettings(
        expireNodestConn, on, connReuseMode, sloppyTcp, syncThreshold, syncPeriod, addressHash);
  }

  public DirectorSettings withConnReuseMode(boolean on) {
    return new DirectorSettings(
        expireNodestConn,
        expireQuiescentTemplate,
        on,
        sloppyTcp,
        syncThreshold,
        syncPeriod,
        addressHash);
  }

  public DirectorSettings withSloppyTcp(boolean on) {
    return new DirectorSettings(
        expireNodestConn,
        expireQuiescentTemplate,
        connReuseMode,
        on,
        syncThreshold,
        syncPeriod,
        addressHash);
  }

  public DirectorSettings withSync(int threshold, int period) {
    return new DirectorSettings(
        expireNodestConn,
        expireQuiescentTemplate,
        connReuseMode,
        sloppyTcp,
        threshold,
        period,
        addressHash);
  }

  public DirectorSettings withAddressHash(AddressHash hash) {
    return new DirectorSettings(
        expireNodestConn,
        expireQuiescentTemplate,
        connReuseMode,
        sloppyTcp,
        syncThreshold,
        syncPeriod,
        hash);
  }
}
