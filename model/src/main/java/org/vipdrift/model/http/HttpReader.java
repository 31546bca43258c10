package org.vipdrift.model.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/**
 * Cuts the octets of one direction of a connection into messages; one reader per direction.
 *
 * <p>Framing is that of RFC 9112 section 6: {@code Transfer-Encoding: chunked}, {@code
 * Content-Length}, none for requests, and for responses the end of the connection. Responses to
 * HEAD, 1xx, 204 and 304 have no body. A message may have at most {@value #LARGEST_HEAD} octets of
 * head and 16 MiB of body.
 */
public final class HttpReader {
  /** What HAProxy's default buffer leaves: tune.bufsize 16384 minus tune.maxrewrite 1024. */
  public static final int LARGEST_HEAD = 15_360;

  private static final int LARGEST_BODY = 16 << 20;

  private final boolean requests;
  private byte[] buffer = new byte[512];
  private int from;
  private int to;
  private boolean ended;
  private boolean bodiless;
  private boolean broken;

  private HttpReader(boolean requests) {
    this.requests = requests;
  }

  public static HttpReader ofRequests() {
    return new HttpReader(true);
  }

  public static HttpReader ofResponses() {
    return new HttpReader(false);
  }

  /** What {@link #next} finds. */
  public sealed interface Found {
    /** A whole message. */
    record Whole(HttpMessage message) implements Found {}

    /** More octets are needed. */
    record Incomplete() implements Found {}

    /** No HTTP; nothing after it can be read. */
    record Malformed(String problem) implements Found {}
  }

  private static final Found INCOMPLETE = new Found.Incomplete();

  /** More octets came in. */
  public void add(Octets octets) {
    int length = octets.length();
    if (from == to) {
      from = 0;
      to = 0;
    }
    if (to + length > buffer.length) {
      byte[] target =
          to - from + length > buffer.length
              ? new byte[Math.max(2 * buffer.length, to - from + length)]
              : buffer;
      System.arraycopy(buffer, from, target, 0, to - from);
      to -= from;
      from = 0;
      buffer = target;
    }
    octets.copyInto(buffer, to);
    to += length;
  }

  /** The connection's other side sends no more. */
  public void end() {
    ended = true;
  }

  /** The next response answers a HEAD request: it has no body, whatever its headers say. */
  public void expectNoBody() {
    bodiless = true;
  }

  /** Whether octets are left that belong to no whole message yet. */
  public boolean hasRest() {
    return from < to;
  }

  /** The next message. */
  public Found next() {
    if (broken) {
      return new Found.Malformed("after a broken message");
    }
    if (requests) {
      skipEmptyLines();
    }
    int headEnd = headEnd();
    if (headEnd < 0) {
      return to - from > LARGEST_HEAD
          ? malformed("a head of more than " + LARGEST_HEAD + " octets")
          : INCOMPLETE;
    }
    String head = new String(buffer, from, headEnd - from, StandardCharsets.ISO_8859_1);
    String[] lines = head.split("\r?\n");
    List<HttpHeaders.Field> fields = new ArrayList<>(lines.length);
    for (int at = 1; at < lines.length; at++) {
      String line = lines[at];
      int colon = line.indexOf(':');
      if (colon <= 0 || line.charAt(colon - 1) <= ' ') {
        return malformed("a header line without a name: '" + line + "'");
      }
      fields.add(
          new HttpHeaders.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return requests
        ? request(lines[0], new HttpHeaders(fields), headEnd)
        : response(lines[0], new HttpHeaders(fields), headEnd);
  }

  private void skipEmptyLines() {
    while (from < to && (buffer[from] == '\r' || buffer[from] == '\n')) {
      from++;
    }
  }

  /** The index after the empty line, -1 if it has not come yet. */
  private int headEnd() {
    for (int at = from; at < to; at++) {
      if (buffer[at] == '\n') {
        if (at + 1 < to && buffer[at + 1] == '\n') {
          return at + 2;
        }
        if (at + 2 < to && buffer[at + 1] == '\r' && buffer[at + 2] == '\n') {
          return at + 3;
        }
      }
    }
    return -1;
  }

  private Found request(String line, HttpHeaders headers, int headEnd) {
    String[] words = line.split(" ");
    if (words.length != 3 || words[0].isEmpty() || words[1].isEmpty()) {
      return malformed("not a request line: '" + line + "'");
    }
    Optional<HttpVersion> version = version(words[2]);
    if (version.isEmpty()) {
      return malformed("not HTTP/1.x: '" + words[2] + "'");
    }
    Body body = body(headers, headEnd, false);
    if (body.problem.isPresent()) {
      return malformed(body.problem.get());
    }
    if (body.end < 0) {
      return INCOMPLETE;
    }
    from = body.end;
    return new Found.Whole(
        new HttpRequest(words[0], words[1], version.get(), headers, body.octets));
  }

  private Found response(String line, HttpHeaders headers, int headEnd) {
    String[] words = line.split(" ", 3);
    Optional<HttpVersion> version = version(words[0]);
    if (version.isEmpty() || words.length < 2 || !words[1].matches("[1-9][0-9][0-9]")) {
      return malformed("not a status line: '" + line + "'");
    }
    int status = Integer.parseInt(words[1]);
    String reason = words.length == 3 ? words[2] : "";
    boolean none = bodiless || status < 200 || status == 204 || status == 304;
    Body body =
        none ? new Body(Octets.EMPTY, headEnd, Optional.empty()) : body(headers, headEnd, true);
    if (body.problem.isPresent()) {
      return malformed(body.problem.get());
    }
    if (body.end < 0) {
      return INCOMPLETE;
    }
    from = body.end;
    if (status >= 200) {
      bodiless = false;
    }
    return new Found.Whole(new HttpResponse(version.get(), status, reason, headers, body.octets));
  }

  /** A body, the index after it (-1 while it is not whole), and what is wrong with it. */
  private record Body(Octets octets, int end, Optional<String> problem) {}

  private static final Body MORE = new Body(Octets.EMPTY, -1, Optional.empty());

  private static Body broken(String problem) {
    return new Body(Octets.EMPTY, -1, Optional.of(problem));
  }

  private Body body(HttpHeaders headers, int start, boolean toTheEnd) {
    if (headers.hasToken("Transfer-Encoding", "chunked")) {
      return chunked(start);
    }
    Optional<String> length = headers.first("Content-Length");
    if (length.isEmpty()) {
      if (!toTheEnd) {
        return new Body(Octets.EMPTY, start, Optional.empty());
      }
      return ended ? new Body(copy(start, to), to, Optional.empty()) : MORE;
    }
    if (!length.get().matches("[0-9]{1,8}")) {
      return broken("Content-Length: " + length.get());
    }
    int octets = Integer.parseInt(length.get());
    if (octets > LARGEST_BODY) {
      return broken("a body of " + octets + " octets");
    }
    return start + octets <= to
        ? new Body(copy(start, start + octets), start + octets, Optional.empty())
        : MORE;
  }

  private Body chunked(int start) {
    byte[] whole = new byte[Math.max(0, to - start)];
    int length = 0;
    int at = start;
    while (true) {
      int lineEnd = at;
      while (lineEnd < to && buffer[lineEnd] != '\n') {
        lineEnd++;
      }
      if (lineEnd == to) {
        return MORE;
      }
      String line = new String(buffer, at, lineEnd - at, StandardCharsets.ISO_8859_1).strip();
      String size = line.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (!size.matches("[0-9a-f]{1,6}")) {
        return broken("a chunk of '" + size + "'");
      }
      int octets = Integer.parseInt(size, 16);
      int data = lineEnd + 1;
      int lineBreak = data + octets < to && buffer[data + octets] == '\r' ? 2 : 1;
      if (data + octets + lineBreak > to) {
        return MORE;
      }
      if (octets == 0) {
        return new Body(
            Octets.adopt(Arrays.copyOf(whole, length)), data + lineBreak, Optional.empty());
      }
      System.arraycopy(buffer, data, whole, length, octets);
      length += octets;
      at = data + octets + lineBreak;
    }
  }

  private Octets copy(int start, int end) {
    return Octets.adopt(Arrays.copyOfRange(buffer, start, end));
  }

  private static Optional<HttpVersion> version(String text) {
    for (HttpVersion version : HttpVersion.values()) {
      if (version.text().equals(text)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  private Found malformed(String problem) {
    broken = true;
    return new Found.Malformed(problem);
  }
}
