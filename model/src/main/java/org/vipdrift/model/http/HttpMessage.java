package org.vipdrift.model.http;

import org.vipdrift.model.frame.Octets;

/** A whole request or response. */
public sealed interface HttpMessage permits HttpRequest, HttpResponse {
  HttpVersion version();

  HttpHeaders headers();

  /** Without framing; empty if there is none. */
  Octets body();

  /** As on the wire; the headers are written as they are, so they must frame the body. */
  Octets encode();

  /** Whether the connection stays open after this message as far as this side is concerned. */
  default boolean isPersistent() {
    return switch (version()) {
      case HTTP_1_1 -> !headers().hasToken("Connection", "close");
      case HTTP_1_0 -> headers().hasToken("Connection", "keep-alive");
    };
  }
}
