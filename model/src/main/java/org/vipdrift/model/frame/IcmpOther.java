package org.vipdrift.model.frame;

/**
 * An ICMP message that nothing here looks into.
 *
 * @param type 0..255
 * @param code 0..255
 * @param body what follows the checksum
 */
public record IcmpOther(int type, int code, Octets body) implements IcmpMessage {
  static IcmpOther read(Octets octets) {
    return new IcmpOther(
        octets.unsignedByte(0), octets.unsignedByte(1), octets.slice(4, octets.length()));
  }

  @Override
  public Octets encode(IpAddress source, IpAddress destination) {
    byte[] bytes = new byte[4 + body.length()];
    body.copyInto(bytes, 4);
    return IcmpBytes.finish(bytes, type, code, source, destination);
  }
}
