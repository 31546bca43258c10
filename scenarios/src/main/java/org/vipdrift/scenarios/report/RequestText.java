package org.vipdrift.scenarios.report;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.verdict.Figures.OutcomeCount;
import org.vipdrift.model.verdict.Figures.RequestFigures;
import org.vipdrift.model.verdict.Figures.ServerCount;
import org.vipdrift.model.verdict.Prose;
import org.vipdrift.model.verdict.RequestProse;

/** The figures of HTTP requests as a sentence. */
final class RequestText {
  private RequestText() {}

  static String of(RequestFigures requests) {
    List<String> parts = new ArrayList<>();
    if (!requests.failures().isEmpty()) {
      List<String> failures = new ArrayList<>();
      for (OutcomeCount failure : requests.failures()) {
        failures.add(RequestProse.count(failure.outcome(), failure.count()));
      }
      parts.add("lost by " + Prose.and(failures));
    }
    if (!requests.servers().isEmpty()) {
      List<String> servers = new ArrayList<>();
      for (ServerCount server : requests.servers()) {
        servers.add(
            server.server().orElse("unknown pages")
                + " "
                + Prose.percent(server.count(), requests.ok()));
      }
      parts.add("served by " + Prose.and(servers));
    }
    if (requests.ok() > 0) {
      parts.add(
          "half of the answers within "
              + Prose.length(requests.median())
              + ", 99 % within "
              + Prose.length(requests.ninetyNinth())
              + ", the slowest "
              + Prose.length(requests.slowest()));
    }
    return String.join("; ", parts);
  }
}
