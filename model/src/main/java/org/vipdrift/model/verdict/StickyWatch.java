package org.vipdrift.model.verdict;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;

/** Which server each user has, and the first answer of another one. */
final class StickyWatch extends RequestWatch {
  private final Map<IpAddress, String> servers = new TreeMap<>();
  private Optional<TraceEvent> first = Optional.empty();
  private String firstTold = "";
  private long all;
  private long untold;
  private long strayed;

  StickyWatch(Expectation.Sticky expectation) {
    super(expectation.client(), expectation.interval());
  }

  @Override
  boolean take(TraceEvent event, Request request, long sentNanos) {
    if (!succeeded(request)) {
      return false;
    }
    all++;
    if (request.server().isEmpty()) {
      untold++;
      return false;
    }
    String server = request.server().get();
    String before = servers.put(request.source(), server);
    if (before == null || before.equals(server)) {
      return false;
    }
    strayed++;
    if (first.isPresent()) {
      return false;
    }
    first = Optional.of(event);
    firstTold =
        "at "
            + Prose.at(event.atNanos())
            + " "
            + request.source()
            + " was served by "
            + server
            + " after "
            + before;
    return true;
  }

  @Override
  Finding finding() {
    if (all == 0) {
      return Finding.broken("no request of " + client() + " succeeded");
    }
    if (first.isPresent()) {
      return broken(
          firstTold + (strayed > 1 ? ", the first of " + strayed + " such changes" : ""),
          first.get());
    }
    if (untold > 0) {
      return new Finding(
          Outcome.UNKNOWN,
          Prose.count(untold, "answer") + " did not tell whose page it was",
          OptionalLong.empty(),
          0);
    }
    return Finding.holds(
        servers.size()
            + (servers.size() == 1 ? " address" : " addresses")
            + " stayed with one server each, in "
            + Prose.count(all, "answer"));
  }
}
