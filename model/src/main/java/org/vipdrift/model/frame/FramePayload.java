package org.vipdrift.model.frame;

/** What an Ethernet frame can carry here; writes itself into the frame's own array. */
public sealed interface FramePayload permits ArpPacket, IpPacket {
  /** The EtherType that announces it. */
  int etherType();

  /** Octets it takes in a frame. */
  int length();

  /** Writes {@link #length} octets. */
  void writeTo(byte[] target, int at);

  default Octets encode() {
    byte[] bytes = new byte[length()];
    writeTo(bytes, 0);
    return Octets.adopt(bytes);
  }
}
