package org.vipdrift.model.http;

/** The versions that share the message format of RFC 9112. */
public enum HttpVersion {
  HTTP_1_0("HTTP/1.0"),
  HTTP_1_1("HTTP/1.1");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /** As on the wire. */
  public String text() {
    return text;
  }
}
