package org.vipdrift.model.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/**
 * A request.
 *
 * @param target as on the request line: {@code /path?query}, or {@code *}, or a whole URL
 */
public record HttpRequest(
    String method, String target, HttpVersion version, HttpHeaders headers, Octets body)
    implements HttpMessage {
  public static HttpRequest get(String target, HttpHeaders headers) {
    return new HttpRequest("GET", target, HttpVersion.HTTP_1_1, headers, Octets.EMPTY);
  }

  /** The target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** What follows the question mark. */
  public Optional<String> query() {
    int query = target.indexOf('?');
    return query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1));
  }

  public HttpRequest withHeaders(HttpHeaders newHeaders) {
    return new HttpRequest(method, target, version, newHeaders, body);
  }

  public HttpRequest withTarget(String newTarget) {
    return new HttpRequest(method, newTarget, version, headers, body);
  }

  @Override
  public Octets encode() {
    return MessageBytes.encode(startLine(), headers, body, isChunked());
  }

  @Override
  public Octets encodeHead() {
    return MessageBytes.encodeHead(startLine(), headers);
  }

  private StringBuilder startLine() {
    StringBuilder text = new StringBuilder(256);
    return text.append(method).append(' ').append(target).append(' ').append(version.text());
  }

  @Override
  public String toString() {
    return new String(encode().toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
