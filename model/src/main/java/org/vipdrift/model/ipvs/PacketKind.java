package org.vipdrift.model.ipvs;

/** What a packet means to the state of a connection. */
public enum PacketKind {
  SYN,
  FIN,
  ACK,
  RST,
  /** Everything that is not TCP, and TCP without any of these flags. */
  OTHER;

  /** The flags as IPVS looks at them: RST before SYN before FIN before ACK. */
  public static PacketKind of(boolean syn, boolean ack, boolean fin, boolean rst) {
    if (rst) {
      return RST;
    }
    if (syn) {
      return SYN;
    }
    if (fin) {
      return FIN;
    }
    return ack ? ACK : OTHER;
  }
}
