package org.vipdrift.model.checker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.vipdrift.model.frame.Octets;

/** The query and the answer of DNS_CHECK (RFC 1035 section 4). */
final class DnsProbe {
  private static final int HEADER = 12;
  private static final int RESPONSE = 0x8000;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int ERROR_MASK = 0x000f;
  private static final int CLASS_INTERNET = 1;

  private DnsProbe() {}

  static Octets query(Check.Dns dns, int id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int field : new int[] {id, RECURSION_DESIRED, 1, 0, 0, 0}) {
      putShort(out, field);
    }
    for (String label : dns.name().split("\\.")) {
      if (!label.isEmpty()) {
        byte[] bytes = label.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(63, bytes.length);
        out.write(length);
        out.write(bytes, 0, length);
      }
    }
    out.write(0);
    putShort(out, dns.type());
    putShort(out, CLASS_INTERNET);
    return Octets.adopt(out.toByteArray());
  }

  /** What is wrong with an answer; empty for nothing. */
  static String judge(int id, Octets answer) {
    if (answer.length() < HEADER) {
      return "received too short";
    }
    int flags = answer.unsignedShort(2);
    if (answer.unsignedShort(0) != id) {
      return "received wrong id";
    }
    if ((flags & RESPONSE) == 0) {
      return "received query message";
    }
    int error = flags & ERROR_MASK;
    return error == 0 ? "" : "read error occurred, rcode = " + error;
  }

  private static void putShort(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }
}
