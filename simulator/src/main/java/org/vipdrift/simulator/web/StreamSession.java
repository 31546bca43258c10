package org.vipdrift.simulator.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.balance.nginx.UpstreamAttempts;
import org.vipdrift.model.balance.nginx.UpstreamBalancer;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.nginx.AccessRule;
import org.vipdrift.model.nginx.StreamServer;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.Upstream;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** A client's connection through {@code stream}: octets both ways, whatever they say. */
final class StreamSession implements ConnectionHandler {
  private final NginxWorker worker;
  private final StreamServer settings;
  private final Connection client;
  private final List<Octets> waiting = new ArrayList<>(1);
  private final Deadline deadline;
  private final long startedAt;
  private @Nullable UpstreamGroup group;
  private @Nullable UpstreamAttempts attempts;
  private @Nullable Connection upstream;
  private boolean connected;
  private boolean chosen;
  private boolean over;
  private int server = UpstreamBalancer.NONE;
  private int count;
  private long lastCause;

  private StreamSession(NginxWorker worker, StreamServer settings, Connection client) {
    this.worker = worker;
    this.settings = settings;
    this.client = client;
    this.deadline = new Deadline(worker.environment().timers(), this::timedOut);
    this.startedAt = worker.environment().timers().nowNanos();
  }

  static ConnectionHandler begin(
      NginxWorker worker, StreamServer settings, Connection client, long cause) {
    StreamSession session = new StreamSession(worker, settings, client);
    worker.streamBegun();
    session.begin(cause);
    return session;
  }

  private void begin(long cause) {
    for (AccessRule rule : settings.access()) {
      if (rule.matches(client.remoteAddress())) {
        if (!rule.allows()) {
          end(cause);
          return;
        }
        break;
      }
    }
    if (settings.returned().isPresent()) {
      String text = settings.returned().get().evaluate(this::variable);
      if (!text.isEmpty()) {
        client.send(WebRequest.octets(text), cause);
      }
      end(cause);
      return;
    }
    Optional<UpstreamGroup> found = settings.upstream().flatMap(worker::streamUpstream);
    if (found.isEmpty()) {
      end(cause);
      return;
    }
    group = found.get();
    String key = group.hashKey().map(template -> text(template)).orElse("");
    attempts = group.balancer().begin(client.remoteAddress(), key);
    next(cause);
  }

  private String text(Template template) {
    return template.evaluate(this::variable);
  }

  private String variable(String name) {
    return switch (name) {
      case "remote_addr" -> client.remoteAddress().toString();
      case "remote_port" -> Integer.toString(client.remotePort());
      case "server_addr" -> client.localAddress().toString();
      case "server_port" -> Integer.toString(client.localPort());
      case "hostname" -> worker.environment().hostName();
      case "protocol" -> "TCP";
      case "nginx_version" -> "1.22.1";
      default -> "";
    };
  }

  private void next(long cause) {
    UpstreamGroup servers = group;
    UpstreamAttempts tried = attempts;
    if (servers == null || tried == null) {
      return;
    }
    lastCause = cause;
    server = servers.balancer().next(tried, worker.environment().wallSeconds());
    if (server == UpstreamBalancer.NONE) {
      end(cause);
      return;
    }
    chosen = true;
    count++;
    upstream = null;
    Upstream.Member member = servers.member(server);
    deadline.setAfter(settings.connectTimeout().toNanos());
    int attempt = count;
    Connection opened =
        worker
            .environment()
            .sockets()
            .connect(
                worker.environment().who(),
                settings.source(),
                member.address(),
                member.port(),
                new Side(attempt),
                cause);
    if (attempt == count && !over) {
      upstream = opened;
    }
  }

  /** The upstream's end of one attempt. */
  private final class Side implements ConnectionHandler {
    private final int attempt;

    Side(int attempt) {
      this.attempt = attempt;
    }

    private boolean isCurrent() {
      return attempt == count && !over;
    }

    @Override
    public void connected(long cause) {
      if (isCurrent() && upstream != null) {
        connected = true;
        deadline.setAfter(settings.timeout().toNanos());
        for (Octets octets : waiting) {
          upstream.send(octets, cause);
        }
        waiting.clear();
      }
    }

    @Override
    public void received(Octets data, long cause) {
      if (isCurrent()) {
        lastCause = cause;
        deadline.setAfter(settings.timeout().toNanos());
        client.send(data, cause);
      }
    }

    @Override
    public void finished(long cause) {
      if (isCurrent()) {
        end(cause);
      }
    }

    @Override
    public void failed(Failure failure, long cause) {
      if (isCurrent()) {
        upstreamFailed(cause);
      }
    }
  }

  private void upstreamFailed(long cause) {
    if (connected) {
      end(cause);
      return;
    }
    done(true);
    boolean left =
        attempts != null
            && attempts.remaining() > 0
            && (settings.tries() == 0 || count < settings.tries());
    long limit = settings.triesTimeout().toNanos();
    boolean late = limit > 0 && worker.environment().timers().nowNanos() - startedAt >= limit;
    if (left && settings.nextUpstream() && !late) {
      next(cause);
    } else {
      end(cause);
    }
  }

  private void done(boolean failed) {
    if (chosen && group != null && attempts != null) {
      chosen = false;
      group.done(attempts, server, failed, lastCause);
    }
  }

  private void timedOut() {
    if (connected) {
      end(lastCause);
    } else {
      Connection late = upstream;
      count++;
      if (late != null) {
        late.abort(lastCause);
      }
      count--;
      upstreamFailed(lastCause);
    }
  }

  @Override
  public void connected(long cause) {}

  @Override
  public void received(Octets data, long cause) {
    if (over) {
      return;
    }
    lastCause = cause;
    if (connected && upstream != null) {
      deadline.setAfter(settings.timeout().toNanos());
      upstream.send(data, cause);
    } else {
      waiting.add(data);
    }
  }

  @Override
  public void finished(long cause) {
    end(cause);
  }

  @Override
  public void failed(Failure failure, long cause) {
    end(cause);
  }

  private void end(long cause) {
    if (!over) {
      over = true;
      deadline.cancel();
      done(false);
      worker.streamEnded();
      client.close(cause);
      if (upstream != null) {
        upstream.close(cause);
      }
    }
  }
}
