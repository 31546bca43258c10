package org.vipdrift.simulator.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.nginx.LocationMatch.Kind;
import org.vipdrift.model.nginx.WebLocation;

/**
 * Which location takes a path: an exact one; else the longest prefix, unless it does not say {@code
 * ^~} and a pattern matches; patterns in the order of the file. Nested locations first.
 */
final class LocationFinder {
  private final CompiledPatterns patterns;

  LocationFinder(CompiledPatterns patterns) {
    this.patterns = patterns;
  }

  /**
   * A location and, of a pattern, its captures.
   *
   * @param captures in the state after the match
   */
  record Found(WebLocation location, Optional<Matcher> captures) {}

  /** The location for a path; the outer one if none inside it takes the path. */
  Found find(WebLocation outer, String path) {
    Found found = inside(outer, path);
    return found == null ? new Found(outer, Optional.empty()) : found;
  }

  private @Nullable Found inside(WebLocation outer, String path) {
    List<WebLocation> locations = outer.locations();
    WebLocation longest = null;
    for (int at = 0; at < locations.size(); at++) {
      WebLocation each = locations.get(at);
      Kind kind = each.match().kind();
      String text = each.match().text();
      if (kind == Kind.EXACT && path.equals(text)) {
        return new Found(each, Optional.empty());
      }
      boolean prefix = (kind == Kind.PREFIX || kind == Kind.PREFIX_FIRST) && path.startsWith(text);
      if (prefix && (longest == null || text.length() > longest.match().text().length())) {
        longest = each;
      }
    }
    Found deeper = longest == null ? null : inside(longest, path);
    boolean settled =
        longest != null && longest.match().kind() == Kind.PREFIX_FIRST
            || deeper != null && deeper.location().match().kind() != Kind.PREFIX;
    if (settled) {
      return deeper != null ? deeper : new Found(longest, Optional.empty());
    }
    for (int at = 0; at < locations.size(); at++) {
      WebLocation each = locations.get(at);
      Kind kind = each.match().kind();
      if (kind == Kind.REGEX || kind == Kind.REGEX_CASELESS) {
        Matcher matcher = pattern(each).matcher(path);
        if (matcher.find()) {
          Found within = inside(each, path);
          return within != null ? within : new Found(each, Optional.of(matcher));
        }
      }
    }
    if (deeper != null) {
      return deeper;
    }
    return longest == null ? null : new Found(longest, Optional.empty());
  }

  private Pattern pattern(WebLocation location) {
    return patterns.get(location.match().text(), location.match().kind() == Kind.REGEX_CASELESS);
  }

  /** The location {@code @name} of a server. */
  static Optional<WebLocation> named(WebLocation server, String name) {
    return server.locations().stream()
        .filter(l -> l.match().kind() == Kind.NAMED && l.match().text().equals(name))
        .findFirst();
  }
}
