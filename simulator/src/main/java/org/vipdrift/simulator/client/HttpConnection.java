package org.vipdrift.simulator.client;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;

/** A connection of a user, with the request that is on it. */
final class HttpConnection implements TlsHandler {
  private static final int FIRST_FINAL_STATUS = 200;

  private final HttpUser user;
  private @Nullable Connection connection;
  private @Nullable HttpFetch fetch;
  private @Nullable HttpReader reader;
  private boolean servedBefore;

  private HttpConnection(HttpUser user) {
    this.user = user;
  }

  /** Opens a connection and sends a request on it. */
  static void open(HttpUser user, HttpFetch fetch, long cause) {
    HttpConnection opened = new HttpConnection(user);
    opened.fetch = fetch;
    fetch.on(opened);
    opened.connection = user.client().connect(user.source(), opened, cause);
  }

  /** Sends a further request. */
  void carryAgain(HttpFetch next) {
    servedBefore = true;
    fetch = next;
    next.on(this);
    send(0);
  }

  private void send(long cause) {
    if (connection != null) {
      connection.send(user.request(), cause);
    }
  }

  /** Whether a segment of the other side ever came. */
  boolean hasPeer() {
    return connection != null && connection.peerMac().isPresent();
  }

  /** The request on it is given up, and so is the connection. */
  void abandon() {
    fetch = null;
    close(0);
  }

  private void close(long cause) {
    reader = null;
    if (connection != null) {
      connection.close(cause);
    }
  }

  @Override
  public void connected(long cause) {
    if (connection instanceof TlsConnection tls && !user.client().trusts(tls)) {
      HttpFetch current = fetch;
      fetch = null;
      close(cause);
      if (current != null) {
        current.failed(RequestOutcome.TLS_ERROR, true, cause);
      }
      return;
    }
    send(cause);
  }

  @Override
  public void received(Octets data, long cause) {
    HttpFetch current = fetch;
    if (current == null) {
      // An answer that nobody asked for, such as a 408 to a connection put by.
      user.forget(this);
      close(cause);
      return;
    }
    if (reader == null) {
      reader = HttpReader.ofResponses();
      if (user.client().fetches().method().equals("HEAD")) {
        reader.expectNoBody();
      }
    }
    reader.add(data);
    read(current, reader, cause);
  }

  private void read(HttpFetch current, HttpReader from, long cause) {
    HttpReader.Found found = from.next();
    while (found instanceof HttpReader.Found.Whole(HttpResponse response)
        && response.status() < FIRST_FINAL_STATUS) {
      found = from.next();
    }
    switch (found) {
      case HttpReader.Found.Whole(HttpResponse response) -> {
        fetch = null;
        boolean stays =
            user.client().fetches().keepAlive()
                && response.isPersistent()
                && !from.hasRest()
                && connection != null
                && connection.isOpen();
        if (stays) {
          reader = null;
          user.putBy(this);
        } else {
          close(cause);
        }
        current.answered(response, cause);
      }
      case HttpReader.Found.Whole _ -> throw new IllegalStateException("a request for an answer");
      case HttpReader.Found.Incomplete _ -> {}
      case HttpReader.Found.Malformed _ -> {
        fetch = null;
        close(cause);
        current.failed(RequestOutcome.CLOSED, true, cause);
      }
    }
  }

  @Override
  public void finished(long cause) {
    HttpFetch current = fetch;
    if (current == null) {
      user.forget(this);
      close(cause);
      return;
    }
    if (reader != null) {
      reader.end();
      read(current, reader, cause);
    }
    if (fetch != null) {
      fetch = null;
      boolean silent = reader == null;
      close(cause);
      if (!(silent && servedBefore && current.sendAgain(cause))) {
        current.failed(RequestOutcome.CLOSED, true, cause);
      }
    }
  }

  @Override
  public void handshakeFailed(String reason, long cause) {
    HttpFetch current = fetch;
    fetch = null;
    if (current != null) {
      current.failed(RequestOutcome.TLS_ERROR, hasPeer(), cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    HttpFetch current = fetch;
    if (current == null) {
      user.forget(this);
      return;
    }
    fetch = null;
    boolean dead = servedBefore && reader == null && failure == Failure.RESET;
    if (!(dead && current.sendAgain(cause))) {
      RequestOutcome outcome =
          switch (failure) {
            case REFUSED -> RequestOutcome.REFUSED;
            case RESET -> RequestOutcome.RESET;
            case TIMED_OUT -> RequestOutcome.TIMEOUT;
            case UNREACHABLE -> RequestOutcome.UNREACHABLE;
          };
      current.failed(outcome, hasPeer(), cause);
    }
  }
}
