package org.vipdrift.simulator.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a PROXY header says, read independently of the model.
 *
 * @param told empty without a header
 * @param rest what follows it
 */
record Preamble(String told, byte[] rest) {
  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

  static Preamble of(byte[] first) {
    String text = new String(first, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PROXY ")) {
      int end = text.indexOf("\r\n") + 2;
      return new Preamble(text.substring(0, end - 2), Arrays.copyOfRange(first, end, first.length));
    }
    if (!text.startsWith(SIGNATURE)) {
      return new Preamble("", first);
    }
    int end = 16 + text.charAt(14) * 256 + text.charAt(15);
    String told =
        String.format(
            "command %02x family %02x length %d from %s to %s",
            (int) text.charAt(12), (int) text.charAt(13), end - 16, end(text, 0), end(text, 1));
    return new Preamble(told, Arrays.copyOfRange(first, end, first.length));
  }

  private static String end(String text, int which) {
    StringBuilder told = new StringBuilder();
    for (int at = 0; at < 4; at++) {
      told.append(at == 0 ? "" : ".").append((int) text.charAt(16 + which * 4 + at));
    }
    int port = 24 + which * 2;
    return told.append(':').append(text.charAt(port) * 256 + text.charAt(port + 1)).toString();
  }
}
