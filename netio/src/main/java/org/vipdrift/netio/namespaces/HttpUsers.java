package org.vipdrift.netio.namespaces;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Pages;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;

/** The users of a client that send HTTP requests, each from an address of its own. */
final class HttpUsers implements AutoCloseable {
  /** How many requests of a client can be under way: each has a thread. */
  static final int MOST_AT_ONCE = 400;

  private static final long IDLE_SECONDS = 5;

  private final Client client;
  private final Client.Fetches fetches;
  private final TraceRecorder trace;
  private final PingUser.Holders holders;
  private final Pages pages;
  private final World world;
  private final SplitRandom random;
  private final ThreadPoolExecutor threads;
  private final List<User> users = new ArrayList<>();

  /** One of them; its fields are for the thread of the world. */
  private final class User {
    private final IpAddress source;
    private final InetAddress local;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final HttpLine line;
    private int outstanding;
    private int sent;
    private boolean late;

    User(IpAddress source) throws UnknownHostException {
      this.source = source;
      this.local = address(source);
      this.line = new HttpLine(fetches, address(fetches.address()), local, cookies);
    }

    void tick(long at) {
      if (client.requests().map(most -> sent >= most).orElse(false)) {
        return;
      }
      if (outstanding < fetches.concurrency()) {
        ask();
      } else {
        late = true;
      }
      long next = at + client.every().toNanos();
      world.at(next, () -> tick(next));
    }

    private void ask() {
      outstanding++;
      sent++;
      long begun = trace.nowNanos();
      threads.execute(
          () -> {
            HttpLine.Answer answer = line.fetch(client.timeout());
            trace.emit(
                client.name(),
                new Request(
                    client.name(),
                    source,
                    fetches.url(),
                    answer.outcome(),
                    answer.status(),
                    java.time.Duration.ofNanos(trace.nowNanos() - begun),
                    holders.holder(client.name(), fetches.address()),
                    answer.status().flatMap(_ -> pages.hostOf(answer.body()))),
                TraceEvent.NO_CAUSE);
            world.execute(this::ended);
          });
    }

    private void ended() {
      outstanding--;
      if (late) {
        late = false;
        ask();
      }
    }
  }

  HttpUsers(
      Client client,
      Client.Fetches fetches,
      Machine machine,
      TraceRecorder trace,
      PingUser.Holders holders,
      Pages pages,
      SplitRandom random,
      World world)
      throws UnknownHostException {
    this.client = client;
    this.fetches = fetches;
    this.trace = trace;
    this.holders = holders;
    this.pages = pages;
    this.world = world;
    this.random = random.split("client").split(client.name());
    int most = Math.min(MOST_AT_ONCE, client.count() * fetches.concurrency());
    this.threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> machine.network().newThread("http-" + client.name(), task));
    threads.allowCoreThreadTimeOut(true);
    for (int user = 0; user < client.count(); user++) {
      users.add(new User(client.addressOf(user)));
    }
  }

  private static InetAddress address(IpAddress address) throws UnknownHostException {
    byte[] octets = new byte[address.family().octets()];
    address.writeTo(octets, 0);
    return InetAddress.getByAddress(octets);
  }

  void start() {
    long from = client.start().from().toNanos();
    long span = client.start().to().toNanos() - from;
    for (User user : users) {
      long at = from + (long) (random.nextDouble() * span);
      world.at(at, () -> user.tick(at));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
