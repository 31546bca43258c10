package org.vipdrift.netio.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;

/** A netlink message being put together: first the fixed part, then the attributes. */
public final class NetlinkRequest {
  /** Room enough for every request that netio makes. */
  static final int CAPACITY = 8192;

  private final int flags;
  private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

  /**
   * @param type as {@code RTM_NEWADDR}
   * @param flags beside {@code NLM_F_REQUEST}, which is added
   */
  public NetlinkRequest(int type, int flags) {
    this.flags = flags | Rtnetlink.NLM_F_REQUEST;
    buffer.putInt(0).putShort((short) type).putShort((short) this.flags).putInt(0).putInt(0);
  }

  int flags() {
    return flags;
  }

  public NetlinkRequest int8(int value) {
    reserve(1);
    buffer.put((byte) value);
    return this;
  }

  public NetlinkRequest int16(int value) {
    reserve(2);
    buffer.putShort((short) value);
    return this;
  }

  public NetlinkRequest int32(int value) {
    reserve(4);
    buffer.putInt(value);
    return this;
  }

  public NetlinkRequest attribute(int type, byte[] value) {
    reserve(NetlinkAttributes.HEADER + value.length + 3);
    buffer.putShort((short) (NetlinkAttributes.HEADER + value.length)).putShort((short) type);
    buffer.put(value);
    align();
    return this;
  }

  public NetlinkRequest attribute8(int type, int value) {
    return attribute(type, new byte[] {(byte) value});
  }

  public NetlinkRequest attribute16(int type, int value) {
    reserve(8);
    buffer.putShort((short) 6).putShort((short) type).putShort((short) value);
    align();
    return this;
  }

  public NetlinkRequest attribute32(int type, int value) {
    reserve(8);
    buffer.putShort((short) 8).putShort((short) type).putInt(value);
    return this;
  }

  /** A text and the zero that ends it. */
  public NetlinkRequest attribute(int type, String text) {
    return attribute(type, (text + '\0').getBytes(StandardCharsets.UTF_8));
  }

  public NetlinkRequest attribute(int type, IpAddress address) {
    byte[] octets = new byte[address.family().octets()];
    address.writeTo(octets, 0);
    return attribute(type, octets);
  }

  public NetlinkRequest attribute(int type, MacAddress mac) {
    byte[] octets = new byte[6];
    mac.writeTo(octets, 0);
    return attribute(type, octets);
  }

  /** An attribute made of attributes, or of a structure and attributes. */
  public NetlinkRequest nested(int type, Consumer<NetlinkRequest> content) {
    reserve(NetlinkAttributes.HEADER);
    int start = buffer.position();
    buffer.putShort((short) 0).putShort((short) type);
    content.accept(this);
    buffer.putShort(start, (short) (buffer.position() - start));
    align();
    return this;
  }

  /** The octets to send. */
  public Octets encode(int sequence) {
    buffer.putInt(0, buffer.position()).putInt(8, sequence);
    byte[] octets = new byte[buffer.position()];
    buffer.get(0, octets);
    return Octets.adopt(octets);
  }

  int position() {
    return buffer.position();
  }

  /** Overwrites a length that is known only now. */
  void setInt16(int at, int value) {
    buffer.putShort(at, (short) value);
  }

  private void reserve(int octets) {
    if (buffer.remaining() < octets) {
      int capacity = buffer.capacity();
      while (capacity - buffer.position() < octets) {
        capacity *= 2;
      }
      if (capacity > CAPACITY) {
        throw new IllegalStateException("a netlink request of more than " + CAPACITY + " octets");
      }
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder()).put(buffer.flip());
    }
  }

  private void align() {
    reserve(3);
    while ((buffer.position() & 3) != 0) {
      buffer.put((byte) 0);
    }
  }
}
