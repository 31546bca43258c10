package org.vipdrift.model.frame;

/**
 * A ping or its answer.
 *
 * @param request whether it asks; false for the answer
 * @param identifier 0..65535, which process asks
 * @param sequence 0..65535
 */
public record IcmpEcho(boolean request, int identifier, int sequence, Octets data)
    implements IcmpMessage {
  /** The answer: the same numbers and data back. */
  public IcmpEcho reply() {
    return new IcmpEcho(false, identifier, sequence, data);
  }

  static IcmpEcho read(Octets octets, boolean request) {
    return new IcmpEcho(
        request,
        octets.unsignedShort(4),
        octets.unsignedShort(6),
        octets.slice(8, octets.length()));
  }

  @Override
  public Octets encode(IpAddress source, IpAddress destination) {
    byte[] bytes = new byte[8 + data.length()];
    WireBytes.putShort(bytes, 4, identifier);
    WireBytes.putShort(bytes, 6, sequence);
    data.copyInto(bytes, 8);
    int type =
        switch (source.family()) {
          case IPV4 -> request ? 8 : 0;
          case IPV6 -> request ? 128 : 129;
        };
    return IcmpBytes.finish(bytes, type, 0, source, destination);
  }
}
