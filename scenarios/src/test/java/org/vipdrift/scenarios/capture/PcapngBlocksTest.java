package org.vipdrift.scenarios.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

class PcapngBlocksTest {
  private static void assertBytes(byte[] actual, String... expectedHex) {
    assertThat(Octets.copyOf(actual)).isEqualTo(Octets.ofHex(String.join("", expectedHex)));
  }

  @Test
  void aSectionHeaderSaysTheByteOrderAndWhoWroteIt() {
    assertBytes(
        PcapngBlocks.sectionHeader("vip", "seed 1"),
        "0a0d0d0a 34000000", // type, length
        "4d3c2b1a 0100 0000 ffffffffffffffff", // little-endian, version 1.0, length unknown
        "0400 0300 76697000", // application
        "0100 0600 736565642031 0000", // comment
        "0000 0000",
        "34000000");
  }

  @Test
  void anInterfaceIsEthernetStampedInNanosecondsAndNeverCut() {
    assertBytes(
        PcapngBlocks.interfaceDescription("lan", "segment"),
        "01000000 34000000",
        "0100 0000 00000000", // Ethernet, reserved, no limit of length
        "0200 0300 6c616e00", // name
        "0300 0700 7365676d656e74 00", // description
        "0900 0100 09000000", // 10^-9 s
        "0000 0000",
        "34000000");
  }

  @Test
  void namesStandBehindTheirAddressesAndEndWithZero() {
    SequencedMap<IpAddress, List<String>> names = new LinkedHashMap<>();
    names.put(IpAddress.of("20.0.0.21"), List.of("nginx1"));
    names.put(IpAddress.of("fd00::1"), List.of("a", "b"));

    assertBytes(
        PcapngBlocks.nameResolution(names),
        "04000000 38000000",
        "0100 0b00 14000015 6e67696e783100 00",
        "0200 1400 fd000000000000000000000000000001 6100 6200",
        "0000 0000",
        "38000000");
  }

  @Test
  void whereNothingHasANameTheListIsEmpty() {
    assertBytes(
        PcapngBlocks.nameResolution(new LinkedHashMap<>()), "04000000 10000000 0000 0000 10000000");
  }

  @Test
  void aPacketHasItsInterfaceItsStampInTwoHalvesAndItsLengthTwice() {
    assertBytes(
        PcapngBlocks.enhancedPacket(1, 0x1122334455667788L, Octets.ofHex("a1a2a3a4a5")),
        "06000000 28000000",
        "01000000",
        "44332211 88776655",
        "05000000 05000000",
        "a1a2a3a4a5 000000",
        "28000000");
  }

  @Test
  void anEmptyPacketIsAPacket() {
    assertBytes(
        PcapngBlocks.enhancedPacket(0, 0, Octets.EMPTY),
        "06000000 20000000 00000000 00000000 00000000 00000000 00000000 20000000");
  }

  @Test
  void textsAreUtf8() {
    assertThat(Octets.copyOf(PcapngBlocks.interfaceDescription("größe", "")).toHex())
        .contains("02000700" + "6772c3b6c39f65" + "00");
  }

  @Test
  void aTextThatNoOptionHoldsIsCut() {
    byte[] block = PcapngBlocks.sectionHeader("", "x".repeat(100_000));

    assertThat(block.length).isEqualTo(24 + 4 + 4 + PcapngBlocks.LONGEST_TEXT + 1 + 4 + 4);
    assertThat(block.length % 4).isZero();
  }

  /** A frame longer than any that a switch takes is still whole. */
  @Property
  void everyPacketIsWholeAndFramedOnBothSides(@ForAll @Size(max = 10_000) byte[] bytes) {
    byte[] block = PcapngBlocks.enhancedPacket(7, Long.MAX_VALUE, Octets.copyOf(bytes));
    ByteBuffer read = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(block.length % 4).isZero();
    assertThat(read.getInt(4)).isEqualTo(block.length);
    assertThat(read.getInt(block.length - 4)).isEqualTo(block.length);
    assertThat(read.getInt(20)).isEqualTo(bytes.length);
    assertThat(read.getInt(24)).isEqualTo(bytes.length);
    assertThat(Arrays.copyOfRange(block, 28, 28 + bytes.length)).isEqualTo(bytes);
  }
}
