package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.haproxy.settings.ProxySettings;

/** What HAProxy checks and does once everything is read. */
final class Completion {
  private final Reading reading;
  private final String mainFile;

  Completion(Reading reading, String mainFile) {
    this.reading = reading;
    this.mainFile = mainFile;
  }

  void check() {
    reading.complete();
    for (ProxyDraft proxy : reading.proxies) {
      assignServerIds(proxy);
      ErrorFileReader.complete(reading, proxy);
      proxy.servers.forEach(s -> ServerReader.check(reading, proxy, s));
      new ProxyChecks(reading, proxy).check();
    }
    assignIds();
    boolean listens =
        reading.listens
            || !reading.global.statsSockets.isEmpty()
            || reading.proxies.stream().anyMatch(p -> !p.binds.isEmpty() && !p.disabled)
            || reading.sections.peers.values().stream().anyMatch(p -> p.bound && !p.disabled);
    if (!listens) {
      reading.log.error(
          "no-listener",
          "nothing listens, so HAProxy will not start",
          SourceSpan.of(new SourcePosition(mainFile, 1, 1), 0),
          Optional.of("add a bind line"));
    }
    if (reading.global.zeroWarning
        && reading.log.problems().stream().anyMatch(p -> p.severity() == Severity.WARNING)) {
      reading.log.error(
          "zero-warning",
          "there are warnings, which zero-warning forbids",
          SourceSpan.of(new SourcePosition(mainFile, 1, 1), 0));
    }
  }

  private void assignIds() {
    Set<Integer> used = new TreeSet<>();
    reading.proxies.stream().filter(p -> p.explicitId).forEach(p -> used.add(p.id));
    // The stats socket is a proxy too, and the first.
    int next = reading.global.statsSockets.isEmpty() ? 1 : 2;
    for (ProxyDraft proxy : reading.proxies) {
      if (!proxy.explicitId) {
        while (used.contains(next)) {
          next++;
        }
        proxy.id = next++;
      }
    }
  }

  private void assignServerIds(ProxyDraft proxy) {
    Map<Integer, String> used = new TreeMap<>();
    for (ServerDraft server : proxy.servers) {
      if (server.id > 0) {
        String before = used.putIfAbsent(server.id, server.name);
        if (before != null) {
          reading.log.error(
              "duplicate-id",
              "the id " + server.id + " belongs to the server \"" + before + "\"",
              server.span);
        }
      }
    }
    int next = 1;
    for (ServerDraft server : proxy.servers) {
      if (server.id == 0) {
        while (used.containsKey(next)) {
          next++;
        }
        server.id = next++;
      }
    }
  }

  HaproxyConfiguration finish() {
    List<ProxySettings> proxies =
        reading.proxies.stream().map(p -> new ProxyFinish(reading, p).finish()).toList();
    return new HaproxyConfiguration(
        reading.global.finish(),
        proxies,
        reading.sections.peers.values().stream().map(PeersDraft::finish).toList(),
        List.copyOf(reading.sections.resolvers.values()),
        List.copyOf(reading.sections.userLists.values()),
        List.copyOf(reading.sections.mailers.values()),
        List.copyOf(reading.sections.caches.values()),
        List.copyOf(reading.sections.rings.values()),
        List.copyOf(reading.sections.logForwards.values()));
  }
}
