package org.vipdrift.model.scenario;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.frame.Octets;

/**
 * Tells by the first line of a page whose it is: the name of a host, or what only one host's web
 * server says.
 */
public final class Pages {
  private static final int LONGEST_LINE = 1_024;

  private final Map<String, String> hosts = new LinkedHashMap<>();

  private Pages() {}

  public static Pages of(Scenario scenario) {
    Pages pages = new Pages();
    Set<String> shared = new LinkedHashSet<>();
    for (Host host : scenario.hosts()) {
      for (Host.ProcessSpecification process : host.processes()) {
        if (process instanceof Host.ServerProcess server && server.body().isPresent()) {
          pages.add(firstLine(server.body().get()), host.name(), shared);
        }
      }
      for (Map.Entry<String, Host.HostFile> file : host.files().entrySet()) {
        if (file.getKey().endsWith(".html")) {
          pages.add(firstLine(file.getValue().text()), host.name(), shared);
        }
      }
    }
    shared.forEach(pages.hosts::remove);
    for (Host host : scenario.hosts()) {
      pages.hosts.putIfAbsent(host.name(), host.name());
    }
    return pages;
  }

  private void add(String line, String host, Set<String> shared) {
    String other = hosts.putIfAbsent(line, host);
    if (line.isEmpty() || other != null && !other.equals(host)) {
      shared.add(line);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }

  /** The host whose page begins so. */
  public Optional<String> hostOf(Octets body) {
    int length = Math.min(body.length(), LONGEST_LINE);
    int end = 0;
    while (end < length && body.unsignedByte(end) != '\n') {
      end++;
    }
    String line = new String(body.slice(0, end).toByteArray(), StandardCharsets.UTF_8).strip();
    return Optional.ofNullable(hosts.get(line));
  }
}
