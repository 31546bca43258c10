package org.vipdrift.model.nginx;

import java.time.Duration;
import java.util.List;

/**
 * A {@code server} block of {@code http}.
 *
 * @param names empty names stand for requests without a Host field
 * @param location what holds where no location matches; its steps run first
 * @param certificates the paths of its certificates
 */
public record WebHost(
    List<Listen> listens,
    List<ServerName> names,
    WebLocation location,
    List<String> certificates,
    ClientTimeouts timeouts) {
  public WebHost {
    listens = List.copyOf(listens);
    names = List.copyOf(names);
    certificates = List.copyOf(certificates);
  }

  /**
   * How long clients are kept.
   *
   * @param keepalive zero switches keep-alive off
   */
  public record ClientTimeouts(
      Duration keepalive, int keepaliveRequests, Duration keepaliveTime, Duration header) {}

  /** The first name as written, for {@code $server_name}; empty without one. */
  public String firstName() {
    return names.isEmpty()
        ? ""
        : switch (names.getFirst()) {
          case ServerName.Exact(String name) -> name;
          case ServerName.Suffix(String suffix, boolean bare) -> bare ? suffix : "*" + suffix;
          case ServerName.Prefix(String prefix) -> prefix + "*";
          case ServerName.Regex(String pattern) -> "~" + pattern;
        };
  }
}
