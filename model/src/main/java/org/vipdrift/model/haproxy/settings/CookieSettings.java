package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The {@code cookie} line of a backend.
 *
 * @param maxIdle absent: no limit
 * @param maxLife absent: no limit
 * @param attributes {@code attr}, in order
 * @param dynamicKey {@code dynamic-cookie-key}, where {@code dynamic} is set
 */
public record CookieSettings(
    String name,
    Kind kind,
    boolean indirect,
    boolean nocache,
    boolean postOnly,
    boolean preserve,
    boolean httpOnly,
    boolean secure,
    List<String> domains,
    Optional<Duration> maxIdle,
    Optional<Duration> maxLife,
    List<String> attributes,
    boolean dynamic,
    Optional<String> dynamicKey) {
  /** What becomes of the cookie in an answer. */
  public enum Kind {
    /** Only read. */
    PASSIVE,
    INSERT,
    PREFIX,
    REWRITE
  }

  public CookieSettings {
    domains = List.copyOf(domains);
    attributes = List.copyOf(attributes);
  }
}
