package org.vipdrift.model.haproxy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** The cookie of a Remote Desktop connection request (MS-RDPBCGR section 2.2.1.1). */
final class RdpCookie {
  /** After the headers of TPKT and X.224. */
  private static final int START = 11;

  private RdpCookie() {}

  static Optional<String> find(Octets data, String name) {
    if (data.length() <= START || data.unsignedByte(0) != 3) {
      return Optional.empty();
    }
    String text = new String(data.toByteArray(), StandardCharsets.ISO_8859_1).substring(START);
    String wanted = "cookie: " + name.toLowerCase(Locale.ROOT) + "=";
    if (!text.toLowerCase(Locale.ROOT).startsWith(wanted)) {
      return Optional.empty();
    }
    int end = text.indexOf("\r\n");
    return end < 0 ? Optional.empty() : Optional.of(text.substring(wanted.length(), end));
  }
}
