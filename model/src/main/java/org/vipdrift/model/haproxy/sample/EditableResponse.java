package org.vipdrift.model.haproxy.sample;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.http.HttpVersion;

/** A response that rules change on its way. */
public final class EditableResponse {
  /** What a start line costs in HAProxy's buffers beside its text. */
  private static final int START_LINE = 20;

  private static final int END_OF_HEADERS = 1;

  private final EditableHeaders headers;
  private final Octets body;
  private final HttpVersion version;
  private int status;
  private String reason;

  public EditableResponse(HttpResponse received) {
    this.version = received.version();
    this.status = received.status();
    this.reason = received.reason();
    this.headers = EditableHeaders.of(received.headers());
    this.body = received.body();
  }

  /** One of HAProxy's own. */
  public EditableResponse(int status, String reason, EditableHeaders headers, Octets body) {
    this.version = HttpVersion.HTTP_1_1;
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public String reason() {
    return reason;
  }

  public void setStatus(int newStatus, String newReason) {
    status = newStatus;
    reason = newReason;
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

  /** What HAProxy 2.6 logs as octets read: the weight of its parsed form, not that on the wire. */
  public long loggedOctets(boolean withBody) {
    return START_LINE
        + version.text().length()
        + 3
        + reason.length()
        + headers.weight()
        + END_OF_HEADERS
        + (withBody ? body.length() : 0)
        + (withBody && headers.hasToken("transfer-encoding", "chunked") ? 1 : 0);
  }

  public HttpResponse toResponse() {
    return new HttpResponse(version, status, reason, headers.toHeaders(), body);
  }
}
