package org.vipdrift.simulator.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.balance.nginx.UpstreamAttempts;
import org.vipdrift.model.balance.nginx.UpstreamBalancer;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.nginx.ProxyPass;
import org.vipdrift.model.nginx.ProxyPass.Failure;
import org.vipdrift.model.nginx.Upstream;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** A request on its way through an upstream: one server after the other, until one answers. */
final class ProxiedRequest implements UpstreamLink.User {
  /** Told the end of it. */
  interface Outcome {
    void answered(HttpResponse response, long cause);

    /** None answered; a status of 502 or 504, or what the last one said. */
    void failed(int status, long cause);

    /** An answer broke off. */
    void brokeOff(long cause);
  }

  private final UpstreamGroup group;
  private final ProxyPass proxy;
  private final Octets request;
  private final String method;
  private final boolean head;
  private final Outcome outcome;
  private final UpstreamAttempts attempts;
  private final Deadline deadline;
  private final long startedAt;
  private final List<String> tried = new ArrayList<>(1);
  private final List<String> statuses = new ArrayList<>(1);
  private @Nullable UpstreamLink link;
  private int server = UpstreamBalancer.NONE;
  private int count;
  private boolean cached;
  private boolean sent;
  private boolean connecting;
  private boolean over;
  private long lastCause;

  ProxiedRequest(
      UpstreamGroup group,
      ProxyPass proxy,
      Octets request,
      String method,
      boolean head,
      org.vipdrift.model.frame.IpAddress client,
      String hashKey,
      Outcome outcome) {
    this.group = group;
    this.proxy = proxy;
    this.request = request;
    this.method = method;
    this.head = head;
    this.outcome = outcome;
    this.attempts = group.balancer().begin(client, hashKey);
    this.deadline = new Deadline(group.environment().timers(), this::timedOut);
    this.startedAt = group.environment().timers().nowNanos();
  }

  /** The addresses that were tried, for {@code $upstream_addr}. */
  String triedAddresses() {
    return String.join(", ", tried);
  }

  String triedStatuses() {
    return String.join(", ", statuses);
  }

  void begin(long cause) {
    next(cause);
  }

  private void next(long cause) {
    lastCause = cause;
    server = group.balancer().next(attempts, group.environment().wallSeconds());
    if (server == UpstreamBalancer.NONE) {
      tried.add(group.upstream().name());
      statuses.add("502");
      group
          .environment()
          .log()
          .accept("no live upstreams, upstream: \"" + group.upstream().name() + "\"", cause);
      end(() -> outcome.failed(502, cause));
      return;
    }
    count++;
    sent = false;
    Upstream.Member member = group.member(server);
    tried.add(member.address() + ":" + member.port());
    UpstreamLink idle = group.keepsIdle() ? group.takeIdle(server, proxy.tls()) : null;
    cached = idle != null;
    if (idle != null) {
      link = idle;
      idle.use(this);
      linked(cause);
      return;
    }
    connecting = true;
    deadline.setAfter(proxy.connectTimeout().toNanos());
    link = null;
    int attempt = count;
    UpstreamLink opened =
        UpstreamLink.connect(group, server, proxy.tls(), proxy.source(), this, cause);
    if (attempt == count && !over) {
      link = opened;
    }
  }

  @Override
  public void linked(long cause) {
    connecting = false;
    if (!over && link != null) {
      sent = true;
      deadline.setAfter(proxy.readTimeout().toNanos());
      link.send(request, head, cause);
    }
  }

  @Override
  public void answered(HttpResponse response, boolean staysOpen, long cause) {
    deadline.clear();
    link = null;
    statuses.add(Integer.toString(response.status()));
    Optional<Failure> failure = failure(response.status());
    boolean goesOn =
        failure.isPresent()
            && attempts.remaining() > 1
            && (proxy.tries() == 0 || count < proxy.tries())
            && proxy.nextUpstream().contains(failure.get())
            && !isBarred()
            && !isTooLate();
    boolean counts =
        goesOn && failure.get() != Failure.HTTP_403 && failure.get() != Failure.HTTP_404;
    group.done(attempts, server, counts, cause);
    if (goesOn) {
      next(cause);
    } else {
      end(() -> outcome.answered(response, cause));
    }
  }

  private static Optional<Failure> failure(int status) {
    return switch (status) {
      case 500 -> Optional.of(Failure.HTTP_500);
      case 502 -> Optional.of(Failure.HTTP_502);
      case 503 -> Optional.of(Failure.HTTP_503);
      case 504 -> Optional.of(Failure.HTTP_504);
      case 403 -> Optional.of(Failure.HTTP_403);
      case 404 -> Optional.of(Failure.HTTP_404);
      case 429 -> Optional.of(Failure.HTTP_429);
      default -> Optional.empty();
    };
  }

  /** A request that may not be sent twice was sent. */
  private boolean isBarred() {
    boolean twice = !method.equals("POST") && !method.equals("LOCK") && !method.equals("PATCH");
    return sent && !twice && !proxy.nextUpstream().contains(Failure.NON_IDEMPOTENT);
  }

  private boolean isTooLate() {
    long limit = proxy.triesTimeout().toNanos();
    return limit > 0 && group.environment().timers().nowNanos() - startedAt >= limit;
  }

  @Override
  public void garbled(long cause) {
    failed(Failure.INVALID_HEADER, 502, cause);
  }

  @Override
  public void broken(ConnectionHandler.Failure why, boolean begun, long cause) {
    if (over) {
      return;
    }
    if (begun) {
      deadline.clear();
      link = null;
      statuses.add("502");
      group.done(attempts, server, false, cause);
      end(() -> outcome.brokeOff(cause));
      return;
    }
    boolean timeout = why == ConnectionHandler.Failure.TIMED_OUT;
    failed(timeout ? Failure.TIMEOUT : Failure.ERROR, timeout ? 504 : 502, cause);
  }

  private void timedOut() {
    UpstreamLink late = link;
    if (late != null) {
      late.close(lastCause);
    }
    failed(Failure.TIMEOUT, 504, lastCause);
  }

  private void failed(Failure failure, int status, long cause) {
    if (over) {
      return;
    }
    deadline.clear();
    link = null;
    connecting = false;
    statuses.add(Integer.toString(status));
    group.done(attempts, server, true, cause);
    boolean free = cached && failure == Failure.ERROR;
    boolean left =
        free || attempts.remaining() > 0 && (proxy.tries() == 0 || count < proxy.tries());
    if (left && proxy.nextUpstream().contains(failure) && !isBarred() && !isTooLate()) {
      next(cause);
    } else {
      end(() -> outcome.failed(status, cause));
    }
  }

  /** The client has gone. */
  void abandon(long cause) {
    if (!over) {
      UpstreamLink unneeded = link;
      boolean waiting = unneeded != null || connecting;
      if (unneeded != null) {
        unneeded.close(cause);
      }
      if (waiting) {
        group.done(attempts, server, false, cause);
      }
      end(() -> {});
    }
  }

  private void end(Runnable telling) {
    over = true;
    deadline.cancel();
    telling.run();
  }
}
