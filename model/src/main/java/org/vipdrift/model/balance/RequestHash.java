package org.vipdrift.model.balance;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.HashType;
import org.vipdrift.model.haproxy.settings.SampleExpression;

/** The number that a hashing algorithm makes of a request. */
final class RequestHash {
  /** The request does not have what is to be hashed. */
  static final long MISSING = -1;

  private final Balance algorithm;
  private final HashType type;

  RequestHash(BalanceSettings settings) {
    this.algorithm = settings.algorithm();
    this.type = settings.hashType();
  }

  /**
   * Hashes what the algorithm looks at.
   *
   * @param single whether there is one server only, for which HAProxy hashes nothing but URL
   *     parameters
   * @return 0..2^32-1, or {@link #MISSING}
   */
  long of(RequestFacts facts, boolean single) {
    return single && !(algorithm instanceof Balance.UrlParameter) ? 0 : of(facts);
  }

  private long of(RequestFacts facts) {
    return switch (algorithm) {
      case Balance.Source _ -> unsigned(mixed(folded(facts.source())));
      case Balance.Uri uri -> {
        Optional<String> target = facts.target();
        yield target.isPresent() ? ofText(uriPart(uri, target.get())) : MISSING;
      }
      case Balance.UrlParameter(String name, boolean checkPost) ->
          ofParameter(facts, name, checkPost);
      case Balance.Header(String name, boolean domainOnly) -> {
        Optional<String> value = facts.header(name);
        yield value.isPresent() ? ofText(domainOnly ? domain(value.get()) : value.get()) : MISSING;
      }
      case Balance.RdpCookie(String name) -> {
        Optional<String> value = facts.rdpCookie(name);
        yield value.isPresent() ? ofText(value.get()) : MISSING;
      }
      case Balance.Hash(SampleExpression sample) -> {
        Optional<Octets> value = facts.sample(sample);
        yield value.isPresent() ? ofBytes(value.get().toByteArray()) : MISSING;
      }
      case Balance.RoundRobin _,
          Balance.StaticRoundRobin _,
          Balance.LeastConnections _,
          Balance.First _,
          Balance.Random _ ->
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
    return mixed * 0xc0000001;
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

  private long ofText(String text) {
    return ofBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private long ofBytes(byte[] bytes) {
    return unsigned(mixed(HashFunctions.hash(type.function(), bytes)));
  }

  private static String uriPart(Balance.Uri settings, String target) {
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

  private long ofParameter(RequestFacts facts, String name, boolean inForm) {
    String target = facts.target().orElse("");
    int query = target.indexOf('?');
    Optional<String> value =
        query < 0 ? Optional.empty() : parameter(target.substring(query + 1), name);
    if (value.isEmpty() && inForm) {
      value = facts.postedForm().flatMap(form -> parameter(form, name));
    }
    return value.isPresent() ? ofText(value.get()) : MISSING;
  }

  private static Optional<String> parameter(String fields, String name) {
    int at = 0;
    while (at < fields.length()) {
      int end = fields.indexOf('&', at);
      int stop = end < 0 ? fields.length() : end;
      int value = at + name.length() + 1;
      if (fields.startsWith(name, at) && value <= stop && fields.charAt(value - 1) == '=') {
        return Optional.of(fields.substring(value, stop));
      }
      at = stop + 1;
    }
    return Optional.empty();
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
