package org.vipdrift.model.http;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;

/**
 * Cuts the octets of one direction of a connection into messages; one reader per direction.
 *
 * <p>Framing is that of RFC 9112 section 6: {@code Transfer-Encoding: chunked}, {@code
 * Content-Length}, none for requests, and for responses the end of the connection. Responses to
 * HEAD, 1xx, 204 and 304 have no body; trailers are dropped. A message may have at most {@value
 * #LARGEST_HEAD} octets of head and 16 MiB of body. How the stream is cut into {@link #add} makes
 * no difference.
 */
public final class HttpReader {
  /** What HAProxy's default buffer leaves: tune.bufsize 16384 minus tune.maxrewrite 1024. */
  public static final int LARGEST_HEAD = 15_360;

  static final int LARGEST_BODY = 16 << 20;

  private final boolean requests;
  private byte[] buffer = new byte[512];
  private int from;
  private int to;

  /** How far the search for the end of the head has come, counted from {@link #from}. */
  private int searched;

  private boolean ended;
  private boolean bodiless;
  private boolean broken;
  private @Nullable Pending pending;

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

  /** A head whose body is not whole yet; lengths count from {@link #from}. */
  private static final class Pending {
    final HttpMessage head;

    /** Octets of the body; -1 for chunks; -2 up to the end of the connection. */
    final int length;

    final @Nullable ChunkReader chunks;

    Pending(HttpMessage head, int length) {
      this.head = head;
      this.length = length;
      this.chunks = length == CHUNKED ? new ChunkReader(LARGEST_BODY) : null;
    }
  }

  private static final int CHUNKED = -1;
  private static final int TO_THE_END = -2;

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
    return from < to || pending != null;
  }

  /** Whether the head of the next message has come, though not all of its body. */
  public boolean hasHead() {
    return pending != null;
  }

  /** The next message. */
  public Found next() {
    if (broken) {
      return new Found.Malformed("after a broken message");
    }
    if (pending != null) {
      return body(pending);
    }
    if (requests && searched == 0) {
      skipEmptyLines();
      if (from < to && buffer[from] <= ' ') {
        return malformed("begins with octet " + (buffer[from] & 0xff));
      }
    }
    int headEnd = headEnd();
    if (headEnd < 0) {
      return to - from > LARGEST_HEAD ? tooLarge() : INCOMPLETE;
    }
    searched = 0;
    if (headEnd - from > LARGEST_HEAD) {
      return tooLarge();
    }
    HeadReader head = new HeadReader(buffer, from, headEnd);
    Optional<String> problem = requests ? head.readRequest() : head.readResponse();
    if (problem.isPresent()) {
      return malformed(problem.get());
    }
    from = headEnd;
    return requests ? framed(head.request()) : framed(head.response());
  }

  private Found tooLarge() {
    return malformed("a head of more than " + LARGEST_HEAD + " octets");
  }

  private void skipEmptyLines() {
    while (from < to && (buffer[from] == '\r' || buffer[from] == '\n')) {
      from++;
    }
  }

  /** The index after the empty line, -1 if it has not come yet. */
  private int headEnd() {
    byte[] octets = buffer;
    int last = to;
    for (int at = from + searched; at < last; at++) {
      if (octets[at] == '\n') {
        if (at + 1 < last && octets[at + 1] == '\n') {
          return at + 2;
        }
        if (at + 2 < last && octets[at + 1] == '\r' && octets[at + 2] == '\n') {
          return at + 3;
        }
      }
    }
    searched = Math.max(0, last - from - 2);
    return -1;
  }

  private Found framed(HttpRequest request) {
    return framed(request, 0);
  }

  private Found framed(HttpResponse response) {
    boolean none = bodiless || !HttpResponse.mayHaveBody(response.status());
    if (response.status() >= 200) {
      bodiless = false;
    }
    return none ? new Found.Whole(response) : framed(response, TO_THE_END);
  }

  private Found framed(HttpMessage head, int unframed) {
    if (head.isChunked()) {
      return wait(new Pending(head, CHUNKED));
    }
    Optional<String> length = head.headers().first("Content-Length");
    if (length.isEmpty()) {
      return unframed == 0 ? new Found.Whole(head) : wait(new Pending(head, unframed));
    }
    int octets = HeadReader.number(length.get());
    if (octets < 0) {
      return malformed("Content-Length: " + length.get());
    }
    if (octets > LARGEST_BODY) {
      return malformed("a body of " + octets + " octets");
    }
    return octets == 0 ? new Found.Whole(head) : wait(new Pending(head, octets));
  }

  private Found wait(Pending message) {
    pending = message;
    return body(message);
  }

  private Found body(Pending message) {
    if (message.chunks != null) {
      return chunks(message, message.chunks);
    }
    int length = message.length;
    if (length == TO_THE_END) {
      if (to - from > LARGEST_BODY) {
        return malformed("a body of more than " + LARGEST_BODY + " octets");
      }
      if (!ended) {
        return INCOMPLETE;
      }
      length = to - from;
    }
    if (to - from < length) {
      return INCOMPLETE;
    }
    Octets body = Octets.adopt(Arrays.copyOfRange(buffer, from, from + length));
    from += length;
    return whole(message, body);
  }

  private Found chunks(Pending message, ChunkReader chunks) {
    from = chunks.read(buffer, from, to);
    if (chunks.problem().isPresent()) {
      return malformed(chunks.problem().get());
    }
    return chunks.isComplete() ? whole(message, chunks.body()) : INCOMPLETE;
  }

  private Found whole(Pending message, Octets body) {
    pending = null;
    return new Found.Whole(
        switch (message.head) {
          case HttpRequest r ->
              new HttpRequest(r.method(), r.target(), r.version(), r.headers(), body);
          case HttpResponse r ->
              new HttpResponse(r.version(), r.status(), r.reason(), r.headers(), body);
        });
  }

  private Found malformed(String problem) {
    broken = true;
    return new Found.Malformed(problem);
  }
}
