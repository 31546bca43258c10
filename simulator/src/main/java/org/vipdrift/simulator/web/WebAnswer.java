package org.vipdrift.simulator.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpDate;
import org.vipdrift.model.http.HttpHeaders;
import org.vipdrift.model.http.HttpResponse;

/**
 * An answer of nginx before it is written; {@link #encode} puts the fields in nginx's order.
 *
 * @param reason of the status line, with the status, as {@code 200 OK}
 * @param server the {@code Server} field
 * @param more fields after {@code Connection}
 */
record WebAnswer(
    String reason,
    String server,
    Optional<String> contentType,
    Octets body,
    Optional<String> lastModified,
    Optional<String> location,
    List<HttpHeaders.Field> more) {
  WebAnswer {
    more = List.copyOf(more);
  }

  static WebAnswer of(int status, String server, String contentType, Octets body) {
    return new WebAnswer(
        StatusPages.line(status),
        server,
        Optional.of(contentType),
        body,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  WebAnswer withMore(List<HttpHeaders.Field> fields) {
    return new WebAnswer(reason, server, contentType, body, lastModified, location, fields);
  }

  WebAnswer withLocation(String to) {
    return new WebAnswer(reason, server, contentType, body, lastModified, Optional.of(to), more);
  }

  int status() {
    return Integer.parseInt(reason.substring(0, 3));
  }

  /** The whole answer, or to HEAD its head. */
  Octets encode(long wallNanos, boolean keepsAlive, boolean toHead) {
    StringBuilder text = new StringBuilder(320);
    text.append("HTTP/1.1 ").append(reason).append("\r\nServer: ").append(server);
    text.append("\r\nDate: ").append(HttpDate.format(wallNanos)).append("\r\n");
    boolean mayHaveBody = HttpResponse.mayHaveBody(status());
    if (mayHaveBody) {
      contentType.ifPresent(type -> line(text, "Content-Type", type));
      line(text, "Content-Length", Integer.toString(body.length()));
    }
    lastModified.ifPresent(date -> line(text, "Last-Modified", date));
    location.ifPresent(to -> line(text, "Location", to));
    line(text, "Connection", keepsAlive ? "keep-alive" : "close");
    for (HttpHeaders.Field field : more) {
      line(text, field.name(), field.value());
    }
    byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    if (toHead || !mayHaveBody || body.length() == 0) {
      return Octets.adopt(head);
    }
    byte[] whole = Arrays.copyOf(head, head.length + body.length());
    body.copyInto(whole, head.length);
    return Octets.adopt(whole);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
}
