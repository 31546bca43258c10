package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

/** Classic BPF programs that the kernel runs before a packet costs a socket anything. */
final class SocketFilter {
  private static final int LOAD_HALF = 0x28;
  private static final int LOAD_OCTET = 0x30;
  private static final int JUMP_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int WHOLE = 0x40000;

  /** {code, jump if true, jump if false, operand}. */
  private static final int[][] NOTHING = {{RETURN, 0, 0, 0}};

  /** ARP, and ICMPv6 type 136 right behind the IPv6 header, in Ethernet frames. */
  private static final int[][] NEIGHBOR_CLAIMS = {
    {LOAD_HALF, 0, 0, 12},
    {JUMP_EQUAL, 5, 0, 0x0806},
    {JUMP_EQUAL, 0, 5, 0x86dd},
    {LOAD_OCTET, 0, 0, 20},
    {JUMP_EQUAL, 0, 3, 58},
    {LOAD_OCTET, 0, 0, 54},
    {JUMP_EQUAL, 0, 1, 136},
    {RETURN, 0, 0, WHOLE},
    {RETURN, 0, 0, 0},
  };

  private SocketFilter() {}

  /** Receives nothing: for sockets that only send. */
  static void attachNothing(int descriptor) throws NativeException {
    attach(descriptor, NOTHING);
  }

  static void attachNeighborClaims(int descriptor) throws NativeException {
    attach(descriptor, NEIGHBOR_CLAIMS);
  }

  private static void attach(int descriptor, int[][] program) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocate(program.length * 8L, 8);
      for (int i = 0; i < program.length; i++) {
        code.set(JAVA_SHORT, i * 8L, (short) program[i][0]);
        code.set(JAVA_BYTE, i * 8L + 2, (byte) program[i][1]);
        code.set(JAVA_BYTE, i * 8L + 3, (byte) program[i][2]);
        code.set(JAVA_INT, i * 8L + 4, program[i][3]);
      }
      MemorySegment head = arena.allocate(16, 8);
      head.set(JAVA_SHORT, 0, (short) program.length);
      head.set(ADDRESS, 8, code);
      Libc.setOption(
          descriptor, Constants.SOL_SOCKET, Constants.SO_ATTACH_FILTER, head, "attach a filter");
    }
  }
}
