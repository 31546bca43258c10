package org.vipdrift.model.haproxy.sample;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.http.HttpVersion;

/** A request that rules change on its way. */
public final class EditableRequest {
  private final String originalLine;
  private final HttpVersion version;
  private final EditableHeaders headers;
  private final Octets body;
  private String method;
  private String target;

  public EditableRequest(HttpRequest received) {
    this.method = received.method();
    this.target = received.target();
    this.version = received.version();
    this.headers = EditableHeaders.of(received.headers());
    this.body = received.body();
    this.originalLine = method + " " + target + " " + version.text();
  }

  /** The request line as it was received: what is logged. */
  public String originalLine() {
    return originalLine;
  }

  public String method() {
    return method;
  }

  public void setMethod(String newMethod) {
    method = newMethod;
  }

  /** As on the request line. */
  public String target() {
    return target;
  }

  public void setTarget(String newTarget) {
    target = newTarget;
  }

  public HttpVersion version() {
    return version;
  }

  public EditableHeaders headers() {
    return headers;
  }

  public Octets body() {
    return body;
  }

  /** Where the path begins: after scheme and authority, if there are any. */
  private int pathStart() {
    if (target.startsWith("/")) {
      return 0;
    }
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      return target.length();
    }
    int slash = target.indexOf('/', scheme + 3);
    return slash < 0 ? target.length() : slash;
  }

  /** Without scheme, authority and query. */
  public String path() {
    int start = pathStart();
    int question = target.indexOf('?', start);
    return question < 0 ? target.substring(start) : target.substring(start, question);
  }

  public String pathWithQuery() {
    return target.substring(pathStart());
  }

  /** After the question mark; empty if there is none. */
  public String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  public void setPath(String path) {
    int start = pathStart();
    int question = target.indexOf('?', start);
    target = target.substring(0, start) + path + (question < 0 ? "" : target.substring(question));
  }

  public void setPathWithQuery(String pathWithQuery) {
    target = target.substring(0, pathStart()) + pathWithQuery;
  }

  public void setQuery(String query) {
    int question = target.indexOf('?');
    String before = question < 0 ? target : target.substring(0, question);
    target = query.isEmpty() ? before : before + "?" + query;
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  /** What HAProxy 2.6 logs as octets sent: the weight of its parsed form. */
  public long loggedOctets() {
    return 20 + originalLine.length() - 2 + headers.weight() + 1 + body.length();
  }

  public HttpRequest toRequest() {
    return new HttpRequest(method, target, version, headers.toHeaders(), body);
  }
}
