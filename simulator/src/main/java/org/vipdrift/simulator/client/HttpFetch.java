package org.vipdrift.simulator.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.simulator.time.HostClock;

/** A request under way, from the moment it was wanted to its outcome. */
final class HttpFetch {
  private static final int FIRST_ERROR = 400;

  private final HttpUser user;
  private final long sinceNanos;
  private final HostClock.HostTimer timer;
  private @Nullable HttpConnection connection;
  private boolean retried;

  HttpFetch(HttpUser user, long sinceNanos) {
    this.user = user;
    this.sinceNanos = sinceNanos;
    HttpClient client = user.client();
    this.timer =
        client
            .kernel()
            .clock()
            .schedule(
                sinceNanos + client.specification().timeout().toNanos(), this::timedOut, client);
  }

  /** It is on this connection now. */
  void on(HttpConnection carrier) {
    connection = carrier;
  }

  private void timedOut() {
    HttpConnection carrier = connection;
    boolean answered = carrier != null && carrier.hasPeer();
    if (carrier != null) {
      carrier.abandon();
    }
    end(RequestOutcome.TIMEOUT, Optional.empty(), answered, Octets.EMPTY, 0);
  }

  void answered(HttpResponse response, long cause) {
    user.answered(response);
    RequestOutcome outcome =
        response.status() < FIRST_ERROR ? RequestOutcome.OK : RequestOutcome.HTTP_ERROR;
    end(outcome, Optional.of(response.status()), true, response.body(), cause);
  }

  /**
   * It did not come to an answer.
   *
   * @param answered whether anything came back
   */
  void failed(RequestOutcome outcome, boolean answered, long cause) {
    end(outcome, Optional.empty(), answered, Octets.EMPTY, cause);
  }

  /**
   * The connection it was sent on had died before.
   *
   * @return false if that has happened to it already
   */
  boolean sendAgain(long cause) {
    if (retried) {
      return false;
    }
    retried = true;
    HttpConnection.open(user, this, cause);
    return true;
  }

  private void end(
      RequestOutcome outcome, Optional<Integer> status, boolean answered, Octets body, long cause) {
    timer.cancel();
    connection = null;
    user.client().ended(user.source(), outcome, status, sinceNanos, answered, body, cause);
    user.ended();
  }
}
