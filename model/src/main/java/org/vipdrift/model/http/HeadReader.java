package org.vipdrift.model.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;

/** Reads one head, start line and fields, from its octets. */
final class HeadReader {
  private static final byte[] GET = "GET ".getBytes(StandardCharsets.ISO_8859_1);

  private final byte[] buffer;
  private final int end;
  private int at;
  private @Nullable HttpRequest request;
  private @Nullable HttpResponse response;

  /**
   * @param end after the empty line
   */
  HeadReader(byte[] buffer, int from, int end) {
    this.buffer = buffer;
    this.at = from;
    this.end = end;
  }

  HttpRequest request() {
    if (request == null) {
      throw new IllegalStateException("no request was read");
    }
    return request;
  }

  HttpResponse response() {
    if (response == null) {
      throw new IllegalStateException("no response was read");
    }
    return response;
  }

  /** What is wrong with it, if anything is. */
  Optional<String> readRequest() {
    int start = at;
    int lineEnd = lineEnd();
    int first = indexOf(' ', start, lineEnd);
    int second = first < 0 ? -1 : indexOf(' ', first + 1, lineEnd);
    if (second < 0
        || first == start
        || second == first + 1
        || indexOf(' ', second + 1, lineEnd) >= 0) {
      return Optional.of("not a request line: '" + text(start, lineEnd) + "'");
    }
    HttpVersion version = version(second + 1, lineEnd);
    if (version == null) {
      return Optional.of("not HTTP/1.x: '" + text(second + 1, lineEnd) + "'");
    }
    List<HttpHeaders.Field> fields = new ArrayList<>(8);
    Optional<String> problem = fields(fields);
    if (problem.isEmpty()) {
      request =
          new HttpRequest(
              startsWithGet(start) ? "GET" : text(start, first),
              text(first + 1, second),
              version,
              new HttpHeaders(fields),
              Octets.EMPTY);
    }
    return problem;
  }

  Optional<String> readResponse() {
    int start = at;
    int lineEnd = lineEnd();
    int first = indexOf(' ', start, lineEnd);
    HttpVersion version = first < 0 ? null : version(start, first);
    int status = version == null ? -1 : status(first + 1, lineEnd);
    if (version == null || status < 0) {
      return Optional.of("not a status line: '" + text(start, lineEnd) + "'");
    }
    List<HttpHeaders.Field> fields = new ArrayList<>(8);
    Optional<String> problem = fields(fields);
    if (problem.isEmpty()) {
      int reason = first + 4 < lineEnd ? first + 5 : lineEnd;
      response =
          new HttpResponse(
              version,
              status,
              status == 200 && lineEnd - reason == 2 ? ok(reason) : text(reason, lineEnd),
              new HttpHeaders(fields),
              Octets.EMPTY);
    }
    return problem;
  }

  private String ok(int reason) {
    return buffer[reason] == 'O' && buffer[reason + 1] == 'K' ? "OK" : text(reason, reason + 2);
  }

  private Optional<String> fields(List<HttpHeaders.Field> fields) {
    while (at < end) {
      int start = at;
      int lineEnd = lineEnd();
      if (start == lineEnd) {
        return Optional.empty();
      }
      int colon = indexOf(':', start, lineEnd);
      if (colon <= start || (buffer[colon - 1] & 0xff) <= ' ' || (buffer[start] & 0xff) <= ' ') {
        return Optional.of("a header line without a name: '" + text(start, lineEnd) + "'");
      }
      int from = colon + 1;
      int to = lineEnd;
      while (from < to && (buffer[from] & 0xff) <= ' ') {
        from++;
      }
      while (to > from && (buffer[to - 1] & 0xff) <= ' ') {
        to--;
      }
      fields.add(new HttpHeaders.Field(text(start, colon), text(from, to)));
    }
    return Optional.empty();
  }

  /** The end of the line that begins here, without its line break; goes on to the next one. */
  private int lineEnd() {
    int start = at;
    int newline = at;
    while (newline < end && buffer[newline] != '\n') {
      newline++;
    }
    at = newline + 1;
    return newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
  }

  private int indexOf(char c, int from, int to) {
    for (int index = from; index < to; index++) {
      if (buffer[index] == c) {
        return index;
      }
    }
    return -1;
  }

  private boolean startsWithGet(int start) {
    for (int index = 0; index < GET.length; index++) {
      if (buffer[start + index] != GET[index]) {
        return false;
      }
    }
    return true;
  }

  private @Nullable HttpVersion version(int from, int to) {
    if (to - from != 8
        || buffer[from] != 'H'
        || buffer[from + 1] != 'T'
        || buffer[from + 2] != 'T'
        || buffer[from + 3] != 'P'
        || buffer[from + 4] != '/'
        || buffer[from + 5] != '1'
        || buffer[from + 6] != '.') {
      return null;
    }
    return switch (buffer[from + 7]) {
      case '0' -> HttpVersion.HTTP_1_0;
      case '1' -> HttpVersion.HTTP_1_1;
      default -> null;
    };
  }

  /** 100..999, -1 if three digits and then a blank or the end of the line are not there. */
  private int status(int from, int lineEnd) {
    if (from + 3 > lineEnd || from + 3 < lineEnd && buffer[from + 3] != ' ') {
      return -1;
    }
    int status = 0;
    for (int index = from; index < from + 3; index++) {
      int digit = buffer[index] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      status = 10 * status + digit;
    }
    return status < 100 ? -1 : status;
  }

  /** The number a field says; -1 if it is none or has more than nine digits. */
  static int number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    int number = 0;
    for (int index = 0; index < text.length(); index++) {
      int digit = text.charAt(index) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  private String text(int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
