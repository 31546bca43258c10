package org.vipdrift.model.balance;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/** The number that a hashing algorithm makes of a request. */
final class RequestHash {
  /** The request does not have what is to be hashed. */
  static final long MISSING = -1;

  private final BalanceAlgorithm algorithm;
  private final HashType type;

  RequestHash(BalanceSettings settings) {
    this.algorithm = settings.algorithm();
    this.type = settings.hashType();
  }

  /**
   * Hashes what the algorithm looks at.
   *
   * @param single whether there is one server only, for which nothing is worth hashing
   * @return 0..2^32-1, or {@link #MISSING}
   */
  long of(RequestFacts facts, boolean single) {
    return switch (algorithm) {
      case BalanceAlgorithm.Source _ -> single ? 0 : unsigned(mixed(folded(facts.source())));
      case BalanceAlgorithm.Uri uri -> {
        Optional<String> target = facts.target();
        yield target.isPresent() ? ofText(uriPart(uri, target.get()), single) : MISSING;
      }
      case BalanceAlgorithm.UrlParameter(String name) -> {
        Optional<String> target = facts.target();
        yield target.isPresent() ? ofParameter(target.get(), name, single) : MISSING;
      }
      case BalanceAlgorithm.Header(String name, boolean domainOnly) -> {
        Optional<String> value = facts.header(name);
        yield value.isPresent()
            ? ofText(domainOnly ? domain(value.get()) : value.get(), single)
            : MISSING;
      }
      case BalanceAlgorithm.RdpCookie(String name) -> {
        Optional<String> value = facts.rdpCookie(name);
        yield value.isPresent() ? ofText(value.get(), single) : MISSING;
      }
      case BalanceAlgorithm.RoundRobin _,
          BalanceAlgorithm.StaticRoundRobin _,
          BalanceAlgorithm.LeastConnections _,
          BalanceAlgorithm.First _,
          BalanceAlgorithm.Random _ ->
          MISSING;
    };
  }

  /** Bob Jenkins' integer hash, spread once more by a large prime, as HAProxy places nodes. */
  static int avalanche(int value) {
    int mixed = value + 0x7ed55d16 + (value << 12);
    mixed = mixed ^ 0xc761c23c ^ mixed >>> 19;
    mixed = mixed + 0x165667b1 + (mixed << 5);
    mixed = mixed + 0xd3a2646c ^ mixed << 9;
    mixed = mixed + 0xfd7046c5 + (mixed << 3);
    mixed = mixed ^ 0xb55a4f09 ^ mixed >>> 16;
    return mixed * 0xc0000005;
  }

  private static long unsigned(int hash) {
    return hash & 0xffffffffL;
  }

  private int mixed(int hash) {
    return type.avalanche() ? avalanche(hash) : hash;
  }

  private static int folded(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> bits;
      case IpAddress.V6(long high, long low) -> {
        long both = high ^ low;
        yield (int) (both >>> 32) ^ (int) both;
      }
    };
  }

  private long ofText(String text, boolean single) {
    if (single) {
      return 0;
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return unsigned(mixed(HashFunctions.hash(type.function(), bytes)));
  }

  private static String uriPart(BalanceAlgorithm.Uri settings, String target) {
    String uri = settings.pathOnly() ? path(target) : target;
    int end = settings.length() > 0 ? Math.min(settings.length(), uri.length()) : uri.length();
    int slashes = 0;
    for (int at = 0; at < end; at++) {
      char c = uri.charAt(at);
      if (c == '/') {
        slashes++;
        if (settings.depth() > 0 && slashes == settings.depth() + 1) {
          return uri.substring(0, at);
        }
      } else if (c == '?' && !settings.whole()) {
        return uri.substring(0, at);
      }
    }
    return uri.substring(0, end);
  }

  /** Without scheme and authority. */
  private static String path(String target) {
    int scheme = target.indexOf("://");
    if (scheme < 0 || target.startsWith("/")) {
      return target;
    }
    int slash = target.indexOf('/', scheme + 3);
    return slash < 0 ? "" : target.substring(slash);
  }

  private long ofParameter(String target, String name, boolean single) {
    int at = target.indexOf('?') + 1;
    while (at > 0 && at < target.length()) {
      int end = target.indexOf('&', at);
      int stop = end < 0 ? target.length() : end;
      if (target.startsWith(name, at)
          && at + name.length() < stop
          && target.charAt(at + name.length()) == '=') {
        return ofText(target.substring(at + name.length() + 1, stop), single);
      }
      at = end + 1;
    }
    return MISSING;
  }

  /** What stands between the last dot and the one before it. */
  private static String domain(String host) {
    int last = host.lastIndexOf('.');
    if (last < 0) {
      return host;
    }
    return host.substring(host.lastIndexOf('.', last - 1) + 1, last);
  }
}
