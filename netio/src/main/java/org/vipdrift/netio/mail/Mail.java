package org.vipdrift.netio.mail;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A mail.
 *
 * @param from address of the sender
 * @param to addresses of the recipients, at least one
 * @param body lines with {@code \n} between them
 */
public record Mail(String from, List<String> to, String subject, String body) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

  public Mail {
    to = List.copyOf(to);
    if (to.isEmpty()) {
      throw new IllegalArgumentException("expected at least one recipient");
    }
  }

  /** Header and body, a line each, with the same headers in the same order as keepalived 2.2.7. */
  List<String> lines(ZonedDateTime date) {
    List<String> lines = new ArrayList<>();
    lines.add("Date: " + DATE.format(date));
    lines.add("From: " + oneLine(from));
    lines.add("Subject: " + encoded(oneLine(subject)));
    lines.add("X-Mailer: vipdrift");
    lines.add("To: " + oneLine(String.join(", ", to)));
    if (!isAscii(body)) {
      lines.add("MIME-Version: 1.0");
      lines.add("Content-Type: text/plain; charset=utf-8");
      lines.add("Content-Transfer-Encoding: 8bit");
    }
    lines.add("");
    body.lines().forEach(lines::add);
    return lines;
  }

  /** A line break in a header would let its text write headers of its own. */
  static String oneLine(String text) {
    return text.replaceAll("[\\r\\n]+", " ");
  }

  /** RFC 2047, where it is needed. */
  private static String encoded(String text) {
    return isAscii(text)
        ? text
        : "=?UTF-8?B?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
