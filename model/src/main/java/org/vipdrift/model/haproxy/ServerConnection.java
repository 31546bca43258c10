package org.vipdrift.model.haproxy;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpResponse;

/** A connection to a server that carries one HTTP exchange after the other. */
final class ServerConnection implements LinkListener {
  private final Server server;
  final Destination destination;
  private final HttpReader reader = HttpReader.ofResponses();
  private @Nullable Link link;
  private @Nullable HttpStream stream;
  private boolean established;
  private boolean ended;
  private boolean closed;
  private int requests;

  ServerConnection(Server server, Destination destination, HttpStream stream) {
    this.server = server;
    this.destination = destination;
    this.stream = stream;
    server.idle.opened();
  }

  void opened(Link newLink) {
    link = newLink;
  }

  @Nullable Link link() {
    return link;
  }

  /** Another exchange begins on it. */
  void lend(HttpStream to) {
    stream = to;
  }

  boolean isReused() {
    return requests > 1;
  }

  /** How many exchanges it has carried. */
  int requests() {
    return requests;
  }

  void send(Octets request, boolean noBody, long cause) {
    requests++;
    if (noBody) {
      reader.expectNoBody();
    }
    if (link != null) {
      link.send(request, cause);
    }
  }

  /** Whether the head of an answer has come. */
  boolean hasHead() {
    return reader.hasHead();
  }

  /** Whether another exchange may follow, as far as this side can tell. */
  boolean isReusable(boolean wanted) {
    return wanted && established && !ended && !closed && !reader.hasRest();
  }

  /** The exchange is over; the client's session keeps the connection for itself. */
  void rest() {
    stream = null;
  }

  boolean leadsTo(Server to) {
    return server == to;
  }

  /** The exchange is over; the connection goes into the pool, if that wants it. */
  void release(boolean reusable, long cause) {
    stream = null;
    if (closed) {
      return;
    }
    boolean usable = isReusable(reusable);
    if (usable && server.idle.keep(this)) {
      return;
    }
    if (!usable) {
      server.idle.closed();
    }
    abort(cause);
  }

  /** The exchange is given up, and the connection with it. */
  void giveUp(long cause) {
    stream = null;
    if (!closed) {
      server.idle.closed();
      abort(cause);
    }
  }

  /** HAProxy closes connections to servers without lingering. */
  void abort(long cause) {
    closed = true;
    if (link != null) {
      link.abort(cause);
    }
  }

  @Override
  public void connected(long cause) {
    established = true;
    if (stream != null) {
      stream.connected(cause);
    }
  }

  @Override
  public void received(Octets data, long cause) {
    if (stream == null) {
      server.idle.remove(this);
      abort(cause);
      return;
    }
    reader.add(data);
    read(cause);
  }

  private void read(long cause) {
    while (stream != null) {
      switch (reader.next()) {
        case HttpReader.Found.Incomplete _ -> {
          stream.responseGrew(cause);
          return;
        }
        case HttpReader.Found.Malformed _ -> {
          stream.responseBroken(cause);
          return;
        }
        case HttpReader.Found.Whole(var message) -> {
          if (message instanceof HttpResponse response) {
            stream.responseCame(response, ended, cause);
            if (response.status() >= 200) {
              return;
            }
          }
        }
      }
    }
  }

  @Override
  public void finished(long cause) {
    ended = true;
    if (stream == null) {
      server.idle.remove(this);
      abort(cause);
      return;
    }
    reader.end();
    read(cause);
    if (stream != null) {
      stream.serverClosed(false, cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    closed = true;
    if (stream == null) {
      server.idle.remove(this);
      return;
    }
    server.idle.closed();
    HttpStream told = stream;
    stream = null;
    if (established) {
      told.serverClosed(true, cause);
    } else {
      told.connectFailed(cause);
    }
  }
}
