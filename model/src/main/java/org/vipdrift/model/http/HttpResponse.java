package org.vipdrift.model.http;

import java.nio.charset.StandardCharsets;
import org.vipdrift.model.frame.Octets;

/**
 * A response.
 *
 * @param status 100..999
 */
public record HttpResponse(
    HttpVersion version, int status, String reason, HttpHeaders headers, Octets body)
    implements HttpMessage {
  /** A response that says how long its body is. */
  public static HttpResponse of(int status, String reason, HttpHeaders headers, String body) {
    Octets octets = Octets.adopt(body.getBytes(StandardCharsets.UTF_8));
    return new HttpResponse(
        HttpVersion.HTTP_1_1,
        status,
        reason,
        headers.with("Content-Length", Integer.toString(octets.length())),
        octets);
  }

  public HttpResponse withHeaders(HttpHeaders newHeaders) {
    return new HttpResponse(version, status, reason, newHeaders, body);
  }

  public String bodyText() {
    return new String(body.toByteArray(), StandardCharsets.UTF_8);
  }

  @Override
  public Octets encode() {
    return MessageBytes.encode(startLine(), headers, body, isChunked() && mayHaveBody(status));
  }

  @Override
  public Octets encodeHead() {
    return MessageBytes.encodeHead(startLine(), headers);
  }

  /** Whether an answer with this status can have a body: not 1xx, 204 and 304. */
  public static boolean mayHaveBody(int status) {
    return status >= 200 && status != 204 && status != 304;
  }

  private StringBuilder startLine() {
    StringBuilder text = new StringBuilder(256);
    return text.append(version.text()).append(' ').append(status).append(' ').append(reason);
  }

  @Override
  public String toString() {
    return new String(encode().toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
