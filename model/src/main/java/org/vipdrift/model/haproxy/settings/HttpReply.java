package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/**
 * An answer HAProxy makes itself.
 *
 * @param status of the answer
 * @param contentType absent: none, or the body's own
 */
public record HttpReply(
    int status, Optional<String> contentType, Body body, List<HeaderField> headers) {
  /** Where the answer's text comes from. */
  public sealed interface Body {}

  /** The proxy's {@code errorfile} for the status, or HAProxy's own page. */
  public record ErrorPage() implements Body {}

  public record Empty() implements Body {}

  /** Text of {@code string} or of a {@code file}. */
  public record Text(String text) implements Body {}

  public record Format(LogFormat format) implements Body {}

  /** A whole message, headers included, sent as it stands. */
  public record RawMessage(String message) implements Body {}

  /** {@code errorloc}: a redirection. */
  public record Location(int status, String url) implements Body {}

  public HttpReply {
    headers = List.copyOf(headers);
  }

  /** The error page of a status. */
  public static HttpReply errorPage(int status) {
    return new HttpReply(status, Optional.empty(), new ErrorPage(), List.of());
  }
}
