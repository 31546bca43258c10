package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.Termination.Cause;
import org.vipdrift.model.haproxy.Termination.Phase;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.Timeouts;
import org.vipdrift.model.http.HttpHeaders;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpRequest;

/** A client's connection on an HTTP frontend: one request after the other. */
final class HttpSession extends ClientSession {
  private static final String NO_TOKEN = "\"(),/:;<=>?@[\\]{}\u007f";

  private final HttpReader reader = HttpReader.ofRequests();
  private @Nullable HttpStream stream;
  private ProxyEnvironment.@Nullable Alarm alarm;
  private long streamStart;
  private long firstOctetAt = StreamTimes.NEVER;
  private int requests;
  private @Nullable ServerConnection owned;
  private boolean ended;
  private boolean draining;
  private boolean reading;

  HttpSession(ProxyProcess process, Frontend frontend, String listener, Link link) {
    super(process, frontend, listener, link);
    this.streamStart = acceptedNanos;
  }

  @Override
  void begin(long cause) {
    waitForRequest(cause);
  }

  /** Whether another request may follow. */
  boolean keepsAlive() {
    return !ended && !draining;
  }

  private void waitForRequest(long cause) {
    Timeouts timeouts = frontend.proxy.timeouts();
    Optional<Duration> timeout;
    if (requests > 0 && firstOctetAt == StreamTimes.NEVER) {
      timeout = timeouts.httpKeepAlive().or(timeouts::httpRequest).or(timeouts::client);
    } else {
      timeout = timeouts.httpRequest().or(timeouts::client);
    }
    cancelAlarm();
    timeout.ifPresent(
        after ->
            alarm =
                process.environment.schedule(
                    process.environment.monotonicNanos() + after.toNanos(),
                    () -> requestTimedOut(cause)));
  }

  private void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private void requestTimedOut(long cause) {
    alarm = null;
    if (requests > 0 && firstOctetAt == StreamTimes.NEVER) {
      end(cause);
      return;
    }
    boolean silent =
        firstOctetAt == StreamTimes.NEVER
            && frontend.proxy.options().has(ProxyOption.HTTP_IGNORE_PROBES);
    fail(silent ? 0 : 408, new Termination(Cause.CLIENT_TIMEOUT, Phase.REQUEST), 408, cause);
  }

  /** There will be no request: an answer, if any, and a line. */
  private void fail(int answered, Termination termination, int logged, long cause) {
    cancelAlarm();
    frontend.counter.requestErrors++;
    frontend.counter.answered(logged);
    if (answered > 0) {
      link.send(AnswerWriter.raw(answered, frontend.proxy), cause);
    }
    boolean nothing = firstOctetAt == StreamTimes.NEVER && termination.cause() == Cause.CLIENT;
    if (!(nothing && frontend.proxy.options().has(ProxyOption.DONTLOGNULL))) {
      LogLine.writeBadRequest(this, streamStart, termination, logged, cause);
    }
    end(cause);
  }

  private void end(long cause) {
    cancelAlarm();
    disown(cause);
    link.close(cause);
    over();
  }

  @Override
  public void received(Octets data, long cause) {
    if (isOver()) {
      return;
    }
    reader.add(data);
    if (stream == null) {
      if (firstOctetAt == StreamTimes.NEVER) {
        firstOctetAt = process.environment.monotonicNanos();
        read(cause);
        if (stream == null && !isOver()) {
          waitForRequest(cause);
        }
      } else {
        read(cause);
      }
    }
  }

  /** Starts what has come whole, one after the other. */
  private void read(long cause) {
    if (reading) {
      return;
    }
    reading = true;
    while (stream == null && !isOver()) {
      HttpReader.Found found = reader.next();
      if (found instanceof HttpReader.Found.Whole(HttpRequest request) && hasProperNames(request)) {
        begin(request, cause);
      } else if (!(found instanceof HttpReader.Found.Incomplete)) {
        fail(400, new Termination(Cause.PROXY, Phase.REQUEST), 400, cause);
      } else {
        break;
      }
    }
    reading = false;
  }

  /** HAProxy is stricter than the reader: a name is a token (RFC 9110 section 5.6.2). */
  private static boolean hasProperNames(HttpRequest request) {
    List<HttpHeaders.Field> fields = request.headers().fields();
    for (int at = 0; at < fields.size(); at++) {
      String name = fields.get(at).name();
      for (int c = 0; c < name.length(); c++) {
        if (name.charAt(c) <= ' ' || NO_TOKEN.indexOf(name.charAt(c)) >= 0) {
          return false;
        }
      }
    }
    return true;
  }

  private void begin(HttpRequest request, long cause) {
    cancelAlarm();
    requests++;
    long at = firstOctetAt == StreamTimes.NEVER ? streamStart : firstOctetAt;
    HttpStream started =
        new HttpStream(this, request, streamStart, at - streamStart, requests == 1);
    stream = started;
    firstOctetAt = StreamTimes.NEVER;
    started.run(cause);
  }

  /** Keeps a connection whose PROXY header tells of this client, so that no other may use it. */
  void own(ServerConnection connection, long cause) {
    if (owned != null && owned != connection) {
      owned.giveUp(cause);
    }
    connection.rest();
    owned = connection;
    if (isOver()) {
      disown(cause);
    }
  }

  /** Its own connection to the server, if it has one that can still be used. */
  @Nullable ServerConnection takeOwned(Server to, Destination destination) {
    ServerConnection taken = owned;
    if (taken == null
        || !taken.isReusable(true)
        || !taken.leadsTo(to)
        || !taken.destination.isSharedWith(destination)) {
      return null;
    }
    owned = null;
    return taken;
  }

  private void disown(long cause) {
    if (owned != null) {
      owned.giveUp(cause);
      owned = null;
    }
  }

  void sendInterim(Octets octets, long cause) {
    link.send(octets, cause);
  }

  void send(Octets octets, long cause) {
    link.send(octets, cause);
  }

  /** The answer is out. */
  void answered(boolean keeps, long cause) {
    stream = null;
    if (isOver()) {
      return;
    }
    if (!keeps || ended || draining) {
      end(cause);
      return;
    }
    variables.nextRequest();
    streamStart = process.environment.monotonicNanos();
    if (reader.hasRest()) {
      firstOctetAt = streamStart;
    }
    read(cause);
    if (stream == null && !isOver()) {
      waitForRequest(cause);
    }
  }

  /** The connection ends without another word. */
  void abandon(long cause) {
    stream = null;
    end(cause);
  }

  @Override
  public void finished(long cause) {
    ended = true;
    if (isOver()) {
      return;
    }
    if (stream == null) {
      leftWithoutRequest(cause);
    } else if (stream.abortsOnClose()) {
      HttpStream left = stream;
      stream = null;
      left.clientGone(cause);
      end(cause);
    }
  }

  private void leftWithoutRequest(long cause) {
    if (requests > 0 && firstOctetAt == StreamTimes.NEVER) {
      end(cause);
    } else {
      fail(
          firstOctetAt == StreamTimes.NEVER ? 0 : 400,
          new Termination(Cause.CLIENT, Phase.REQUEST),
          400,
          cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    ended = true;
    if (isOver()) {
      return;
    }
    if (stream != null) {
      HttpStream left = stream;
      stream = null;
      left.clientGone(cause);
      cancelAlarm();
      disown(cause);
      over();
    } else {
      leftWithoutRequest(cause);
    }
  }

  @Override
  void shutDown(long cause) {
    if (stream != null) {
      HttpStream left = stream;
      stream = null;
      left.dropConnection(cause);
      left.cancelAlarm();
    }
    cancelAlarm();
    disown(cause);
    link.abort(cause);
  }

  @Override
  void drain(long cause) {
    draining = true;
    if (stream == null && firstOctetAt == StreamTimes.NEVER) {
      end(cause);
    }
  }
}
