package org.vipdrift.scenarios.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/**
 * The blocks of a pcapng file as bytes, little-endian (draft-ietf-opsawg-pcapng, section 4).
 *
 * <p>A file is a section header, then the descriptions of all interfaces and the names, then the
 * packets. Texts are cut at {@value #LONGEST_TEXT} bytes of UTF-8, the longest that an option
 * holds.
 */
final class PcapngBlocks {
  static final int LONGEST_TEXT = 0xffff;

  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int NAME_RESOLUTION = 4;
  private static final int ENHANCED_PACKET = 6;

  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int LINK_TYPE_ETHERNET = 1;

  private static final int END = 0;
  private static final int COMMENT = 1;
  private static final int INTERFACE_NAME = 2;
  private static final int SECTION_USER_APPLICATION = 4;
  private static final int INTERFACE_DESCRIPTION_TEXT = 3;
  private static final int INTERFACE_TIME_RESOLUTION = 9;
  private static final int NANOSECONDS = 9;
  private static final int NAME_IPV4 = 1;
  private static final int NAME_IPV6 = 2;

  /** Before a packet's bytes: type, length, interface, stamp, both lengths of the packet. */
  private static final int PACKET_HEADER = 28;

  /** Type and length before, length behind. */
  private static final int FRAMING = 12;

  private PcapngBlocks() {}

  /**
   * A section of unknown length begins.
   *
   * @param application name and version of the program that writes it
   */
  static byte[] sectionHeader(String application, String comment) {
    return new Body()
        .int32(BYTE_ORDER_MAGIC)
        .int16(1)
        .int16(0)
        .int32(-1)
        .int32(-1)
        .option(SECTION_USER_APPLICATION, text(application))
        .option(COMMENT, text(comment))
        .end()
        .block(SECTION_HEADER);
  }

  /** An Ethernet interface whose stamps are nanoseconds and whose packets are never cut. */
  static byte[] interfaceDescription(String name, String description) {
    return new Body()
        .int16(LINK_TYPE_ETHERNET)
        .int16(0)
        .int32(0)
        .option(INTERFACE_NAME, text(name))
        .option(INTERFACE_DESCRIPTION_TEXT, text(description))
        .option(INTERFACE_TIME_RESOLUTION, new byte[] {NANOSECONDS})
        .end()
        .block(INTERFACE_DESCRIPTION);
  }

  /** Names of addresses, in the map's order. */
  static byte[] nameResolution(SequencedMap<IpAddress, List<String>> names) {
    Body body = new Body();
    for (Map.Entry<IpAddress, List<String>> entry : names.entrySet()) {
      IpAddress address = entry.getKey();
      int octets = address.family().bits() / 8;
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      byte[] bytes = new byte[octets];
      address.writeTo(bytes, 0);
      record.writeBytes(bytes);
      for (String name : entry.getValue()) {
        record.writeBytes(text(name));
        record.write(0);
      }
      int type =
          switch (address) {
            case IpAddress.V4 _ -> NAME_IPV4;
            case IpAddress.V6 _ -> NAME_IPV6;
          };
      body.option(type, record.toByteArray());
    }
    return body.end().block(NAME_RESOLUTION);
  }

  /**
   * A whole frame.
   *
   * @param interfaceNumber counted from 0 in the order of the interfaces' descriptions
   * @param stampNanos since 1970-01-01T00:00:00Z
   */
  static byte[] enhancedPacket(int interfaceNumber, long stampNanos, Octets frame) {
    int length = PACKET_HEADER + padded(frame.length()) + Integer.BYTES;
    byte[] block = new byte[length];
    ByteBuffer.wrap(block)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(ENHANCED_PACKET)
        .putInt(length)
        .putInt(interfaceNumber)
        .putInt((int) (stampNanos >>> Integer.SIZE))
        .putInt((int) stampNanos)
        .putInt(frame.length())
        .putInt(frame.length())
        .putInt(length - Integer.BYTES, length);
    frame.copyInto(block, PACKET_HEADER);
    return block;
  }

  private static int padded(int length) {
    return length + 3 & ~3;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What stands between a block's framing, growing. */
  private static final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Body int16(int value) {
      bytes.write(value);
      bytes.write(value >> Byte.SIZE);
      return this;
    }

    Body int32(int value) {
      return int16(value).int16(value >> Short.SIZE);
    }

    /** A record of names has the same form. */
    Body option(int code, byte[] value) {
      int length = Math.min(value.length, LONGEST_TEXT);
      int16(code).int16(length);
      bytes.write(value, 0, length);
      for (int i = length; i < padded(length); i++) {
        bytes.write(0);
      }
      return this;
    }

    Body end() {
      return int16(END).int16(0);
    }

    byte[] block(int type) {
      int length = bytes.size() + FRAMING;
      return new Body().int32(type).int32(length).all(bytes).int32(length).bytes.toByteArray();
    }

    private Body all(ByteArrayOutputStream others) {
      bytes.writeBytes(others.toByteArray());
      return this;
    }
  }
}
