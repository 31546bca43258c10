package org.vipdrift.model.http;

import org.vipdrift.model.frame.Octets;

/** A whole request or response. */
public sealed interface HttpMessage permits HttpRequest, HttpResponse {
  HttpVersion version();

  HttpHeaders headers();

  /** Without framing; empty if there is none. */
  Octets body();

  /**
   * As on the wire. The headers are written as they are, so they must frame the body: a {@code
   * Content-Length}, or {@code Transfer-Encoding: chunked}, which makes it one chunk.
   */
  Octets encode();

  /** The head alone, as in the answer to HEAD. */
  Octets encodeHead();

  /** Whether the body is, or has to be, sent in chunks. */
  default boolean isChunked() {
    return headers().hasToken("Transfer-Encoding", "chunked");
  }

  /** Whether the connection stays open after this message as far as this side is concerned. */
  default boolean isPersistent() {
    return switch (version()) {
      case HTTP_1_1 -> !headers().hasToken("Connection", "close");
      case HTTP_1_0 -> headers().hasToken("Connection", "keep-alive");
    };
  }
}
