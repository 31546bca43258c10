package org.vipdrift.simulator.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.CookieJar;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.simulator.time.HostClock;

/** One user of a client: an address, cookies, connections, and when the next request is due. */
final class HttpUser {
  private final HttpClient client;
  private final IpAddress source;
  private final Deque<HttpConnection> idle = new ArrayDeque<>(1);
  private final @Nullable CookieJar cookies;
  private HostClock.@Nullable HostTimer timer;
  private int sent;
  private int underWay;
  private boolean owed;

  HttpUser(HttpClient client, IpAddress source) {
    this.client = client;
    this.source = source;
    this.cookies = client.fetches().cookies() ? new CookieJar() : null;
  }

  HttpClient client() {
    return client;
  }

  IpAddress source() {
    return source;
  }

  /** The first request is due then. */
  void start(long atNanos) {
    timer = client.kernel().clock().schedule(atNanos, this::due, client);
  }

  private void due() {
    if (sent >= client.specification().requests().orElse(Integer.MAX_VALUE)) {
      return;
    }
    if (timer != null) {
      timer.reschedule(client.now() + client.specification().every().toNanos());
    }
    if (underWay < client.fetches().concurrency()) {
      send();
    } else {
      owed = true;
    }
  }

  private void send() {
    sent++;
    underWay++;
    HttpFetch fetch = new HttpFetch(this, client.now());
    HttpConnection free = idle.pollLast();
    if (free == null) {
      HttpConnection.open(this, fetch, 0);
    } else {
      free.carryAgain(fetch);
    }
  }

  /** What a request of now consists of. */
  Octets request() {
    Optional<String> value =
        cookies == null
            ? Optional.empty()
            : cookies.cookieFor(client.url(), client.kernel().clock().wallNanos());
    return client.request(value);
  }

  void answered(HttpResponse response) {
    if (cookies != null) {
      cookies.store(client.url(), response.headers(), client.kernel().clock().wallNanos());
    }
  }

  /** A connection that serves further requests. */
  void putBy(HttpConnection connection) {
    idle.addLast(connection);
  }

  void forget(HttpConnection connection) {
    idle.remove(connection);
  }

  /** A request has ended. */
  void ended() {
    underWay--;
    if (owed) {
      owed = false;
      send();
    }
  }
}
