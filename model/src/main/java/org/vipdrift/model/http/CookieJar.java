package org.vipdrift.model.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A client's cookies: what is kept, and what goes with a request (RFC 6265 section 5). */
public final class CookieJar {
  private static final long BILLION = 1_000_000_000L;

  /** What browsers keep at least (RFC 6265 section 6.1). */
  private static final int MOST = 3_000;

  private final List<Kept> kept = new ArrayList<>();

  /**
   * @param expiresNanos wall clock; {@link Long#MAX_VALUE} for as long as the client runs
   */
  private record Kept(
      String name,
      String value,
      String domain,
      boolean hostOnly,
      String path,
      long expiresNanos,
      boolean secure) {
    boolean isSame(Kept other) {
      return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    boolean goesTo(Url url) {
      return (hostOnly ? url.host().equals(domain) : matchesDomain(url, domain))
          && matchesPath(url.path(), path)
          && (!secure || url.isTls());
    }
  }

  /** Takes what the answer to a request sets. */
  public void store(Url url, HttpHeaders answer, long wallNanos) {
    for (String field : answer.all("Set-Cookie")) {
      SetCookie.read(field).ifPresent(cookie -> store(url, cookie, wallNanos));
    }
  }

  private void store(Url url, SetCookie cookie, long wallNanos) {
    if (cookie.domain().isPresent() && !matchesDomain(url, cookie.domain().get())) {
      return;
    }
    Kept fresh =
        new Kept(
            cookie.name(),
            cookie.value(),
            cookie.domain().orElse(url.host()),
            cookie.domain().isEmpty(),
            cookie.path().orElse(defaultPath(url.path())),
            expiry(cookie, wallNanos),
            cookie.secure());
    int old = -1;
    for (int at = 0; at < kept.size(); at++) {
      if (kept.get(at).isSame(fresh)) {
        old = at;
      }
    }
    if (fresh.expiresNanos() <= wallNanos) {
      if (old >= 0) {
        kept.remove(old);
      }
    } else if (old >= 0) {
      kept.set(old, fresh);
    } else {
      if (kept.size() >= MOST) {
        kept.removeFirst();
      }
      kept.add(fresh);
    }
  }

  private static long expiry(SetCookie cookie, long wallNanos) {
    if (cookie.maxAge().isPresent()) {
      long seconds = cookie.maxAge().getAsLong();
      return seconds <= 0
          ? Long.MIN_VALUE
          : seconds > (Long.MAX_VALUE - wallNanos) / BILLION
              ? Long.MAX_VALUE
              : wallNanos + seconds * BILLION;
    }
    if (cookie.expires().isPresent()) {
      long seconds = cookie.expires().getAsLong();
      return seconds > Long.MAX_VALUE / BILLION
          ? Long.MAX_VALUE
          : seconds < Long.MIN_VALUE / BILLION ? Long.MIN_VALUE : seconds * BILLION;
    }
    return Long.MAX_VALUE;
  }

  /** The value of the {@code Cookie} field of a request, longest paths first. */
  public Optional<String> cookieFor(Url url, long wallNanos) {
    kept.removeIf(cookie -> cookie.expiresNanos() <= wallNanos);
    List<Kept> going = new ArrayList<>();
    for (Kept cookie : kept) {
      if (cookie.goesTo(url)) {
        going.add(cookie);
      }
    }
    if (going.isEmpty()) {
      return Optional.empty();
    }
    going.sort(Comparator.comparingInt((Kept cookie) -> -cookie.path().length()));
    StringBuilder text = new StringBuilder();
    for (Kept cookie : going) {
      text.append(text.isEmpty() ? "" : "; ").append(cookie.name()).append('=');
      text.append(cookie.value());
    }
    return Optional.of(text.toString());
  }

  /** How many are kept. */
  public int size() {
    return kept.size();
  }

  /** RFC 6265 section 5.1.3: addresses match themselves only. */
  private static boolean matchesDomain(Url url, String domain) {
    String host = url.host();
    return host.equals(domain) || host.endsWith("." + domain) && url.address().isEmpty();
  }

  /** RFC 6265 section 5.1.4. */
  private static boolean matchesPath(String requested, String path) {
    return requested.startsWith(path)
        && (requested.length() == path.length()
            || path.endsWith("/")
            || requested.charAt(path.length()) == '/');
  }

  private static String defaultPath(String requested) {
    int slash = requested.lastIndexOf('/');
    return slash <= 0 ? "/" : requested.substring(0, slash);
  }
}
