package org.vipdrift.simulator.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.nginx.Upstream;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tls.CpuTime;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;

/** nginx's connection to a server of an upstream, for one request after the other. */
final class UpstreamLink implements TlsHandler {
  /** Who waits for an answer. */
  interface User {
    /** The connection is there; the request may go. */
    void linked(long cause);

    void answered(HttpResponse response, boolean staysOpen, long cause);

    /** What came is no HTTP. */
    void garbled(long cause);

    /**
     * It broke.
     *
     * @param begun whether the head of an answer had come
     */
    void broken(ConnectionHandler.Failure why, boolean begun, long cause);
  }

  private final UpstreamGroup group;
  private final int server;
  private final boolean tls;
  private final HttpReader reader = HttpReader.ofResponses();
  private final Deadline idleLimit;
  private @Nullable Connection connection;
  private @Nullable User user;
  private boolean open;
  private boolean over;
  private int requests;

  private UpstreamLink(UpstreamGroup group, int server, boolean tls, User user) {
    this.group = group;
    this.server = server;
    this.tls = tls;
    this.user = user;
    this.idleLimit = new Deadline(group.environment().timers(), this::idleTooLong);
  }

  static UpstreamLink connect(
      UpstreamGroup group,
      int server,
      boolean tls,
      Optional<IpAddress> source,
      User user,
      long cause) {
    UpstreamLink link = new UpstreamLink(group, server, tls, user);
    group.opened();
    Upstream.Member member = group.member(server);
    NginxEnvironment environment = group.environment();
    link.connection =
        tls
            ? TlsConnection.connect(
                environment.sockets(),
                environment.who(),
                source,
                member.address(),
                member.port(),
                Optional.empty(),
                CpuTime.NONE,
                link,
                cause)
            : environment
                .sockets()
                .connect(environment.who(), source, member.address(), member.port(), link, cause);
    return link;
  }

  int server() {
    return server;
  }

  boolean isTls() {
    return tls;
  }

  /** An idle connection goes to the next request. */
  void use(User next) {
    idleLimit.clear();
    user = next;
  }

  void send(Octets request, boolean head, long cause) {
    requests++;
    if (head) {
      reader.expectNoBody();
    }
    if (connection != null) {
      connection.send(request, cause);
    }
  }

  @Override
  public void connected(long cause) {
    open = true;
    if (user != null) {
      user.linked(cause);
    }
  }

  @Override
  public void received(Octets data, long cause) {
    if (over) {
      return;
    }
    reader.add(data);
    read(cause);
  }

  private void read(long cause) {
    while (user != null && !over) {
      switch (reader.next()) {
        case HttpReader.Found.Whole(HttpResponse response) -> {
          if (response.status() >= 200) {
            settle(response, cause);
          }
        }
        case HttpReader.Found.Whole(var other) -> throw new IllegalStateException("read " + other);
        case HttpReader.Found.Incomplete _ -> {
          return;
        }
        case HttpReader.Found.Malformed _ -> {
          User waiting = user;
          close(cause);
          waiting.garbled(cause);
        }
      }
    }
    if (user == null && !over && reader.hasRest()) {
      close(cause);
    }
  }

  private void settle(HttpResponse response, long cause) {
    User waiting = user;
    user = null;
    boolean stays =
        open
            && group.keepsIdle()
            && response.isPersistent()
            && requests < group.upstream().idleRequests()
            && !reader.hasRest();
    if (stays) {
      idleLimit.setAfter(group.upstream().idleTimeout().toNanos());
      group.addIdle(this, cause);
    } else {
      close(cause);
    }
    if (waiting != null) {
      waiting.answered(response, stays, cause);
    }
  }

  @Override
  public void finished(long cause) {
    if (over) {
      return;
    }
    open = false;
    reader.end();
    read(cause);
    if (!over) {
      broke(Failure.RESET, cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    broke(failure, cause);
  }

  @Override
  public void handshakeFailed(String problem, long cause) {
    broke(Failure.RESET, cause);
  }

  private void broke(Failure failure, long cause) {
    if (over) {
      return;
    }
    User waiting = user;
    boolean begun = reader.hasHead();
    close(cause);
    if (waiting != null) {
      waiting.broken(failure, begun, cause);
    }
  }

  private void idleTooLong() {
    close(0);
  }

  void close(long cause) {
    if (!over) {
      over = true;
      open = false;
      user = null;
      idleLimit.cancel();
      group.removeIdle(this);
      group.closed();
      if (connection != null) {
        connection.close(cause);
      }
    }
  }
}
