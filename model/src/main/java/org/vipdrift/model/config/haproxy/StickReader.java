package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.StickRule;
import org.vipdrift.model.haproxy.settings.StickTableSettings;

/** Reads {@code stick} rules and stick-tables. */
final class StickReader {
  /** What a table may store: the kind of argument each takes. */
  private static final Map<String, String> STORED = stored();

  private final Reading reading;

  StickReader(Reading reading) {
    this.reading = reading;
  }

  private static Map<String, String> stored() {
    Map<String, String> stored = new LinkedHashMap<>();
    for (String name :
        List.of(
            "server_id",
            "server_key",
            "gpt0",
            "gpc0",
            "gpc1",
            "conn_cnt",
            "conn_cur",
            "sess_cnt",
            "http_req_cnt",
            "http_err_cnt",
            "http_fail_cnt",
            "bytes_in_cnt",
            "bytes_out_cnt")) {
      stored.put(name, "none");
    }
    for (String name :
        List.of(
            "gpc0_rate",
            "gpc1_rate",
            "conn_rate",
            "sess_rate",
            "http_req_rate",
            "http_err_rate",
            "http_fail_rate",
            "bytes_in_rate",
            "bytes_out_rate")) {
      stored.put(name, "period");
    }
    stored.put("gpt", "count");
    stored.put("gpc", "count");
    stored.put("gpc_rate", "both");
    return Collections.unmodifiableMap(stored);
  }

  void read(ProxyDraft proxy, Line line) {
    if (line.is(0, "stick-table")) {
      if (proxy.stickTable.isPresent()) {
        reading.log.error("repeated", "there is a stick-table in this proxy already", line.span());
        return;
      }
      proxy.stickTable = table(line, 1, proxy.name);
      return;
    }
    rule(proxy, line);
  }

  private void rule(ProxyDraft proxy, Line line) {
    boolean match = line.is(1, "match") || line.is(1, "on");
    boolean store = line.is(1, "on") || line.text(1).startsWith("store-");
    boolean response = line.is(1, "store-response");
    List<String> kinds = List.of("on", "match", "store-request", "store-response");
    if (!kinds.contains(line.text(1))) {
      reading.log.error(
          "unknown-keyword",
          "stick knows " + String.join(", ", kinds),
          line.span(1),
          Suggestions.didYouMean(line.text(1), kinds));
      return;
    }
    Place place = response ? Place.STORE : Place.USE_SERVER;
    Optional<SampleParser.Parsed> sample = new SampleParser(reading, proxy).words(line, 2, place);
    if (sample.isEmpty()) {
      return;
    }
    int next = sample.get().nextWord();
    String table = proxy.name;
    SourceSpan span = line.span();
    if (line.is(next, "table")) {
      table = line.text(next + 1);
      span = line.span(next + 1);
      next += 2;
    }
    ConditionParser.Parsed condition =
        new ConditionParser(reading, proxy).optional(line, next, "stick", place);
    if (!condition.right()) {
      return;
    }
    References.argument(reading, proxy, "table", table, span);
    proxy.stickRules.add(
        new StickRule(
            match, store, response, sample.get().expression(), table, condition.condition()));
  }

  /** A table, empty if the line is wrong, which is reported. */
  Optional<StickTableSettings> table(Line line, int from, String name) {
    StickTableSettings.KeyType type = StickTableSettings.KeyType.IP;
    int keyLength = 4;
    long size = 0;
    Optional<Duration> expire = Optional.empty();
    boolean noPurge = false;
    Optional<String> peers = Optional.empty();
    List<StickTableSettings.StoredData> store = new ArrayList<>();
    int i = from;
    while (line.has(i)) {
      String word = line.text(i);
      if (word.equals("nopurge")) {
        noPurge = true;
        i++;
        continue;
      }
      if (!List.of("type", "size", "expire", "peers", "store", "srvkey").contains(word)) {
        return fail("stick-table does not know \"" + word + "\"", line, i);
      }
      if (!line.has(i + 1) && !word.equals("store")) {
        return fail("\"" + word + "\" expects an argument", line, i);
      }
      switch (word) {
        case "size" -> {
          size = Numbers.size(line.text(i + 1));
          if (size <= 0) {
            return fail("\"" + line.text(i + 1) + "\" is not a size", line, i + 1);
          }
        }
        case "expire" -> {
          expire = reading.time(line, i + 1, "expire");
          if (expire.isEmpty()) {
            return Optional.empty();
          }
        }
        case "peers" -> {
          peers = Optional.of(line.text(i + 1));
          lookup(line, i + 1);
        }
        case "store" -> {
          Optional<List<StickTableSettings.StoredData>> stored = stored(line, i + 1);
          if (stored.isEmpty()) {
            return Optional.empty();
          }
          store.addAll(stored.get());
        }
        case "type" -> {
          Optional<StickTableSettings.KeyType> wanted = keyType(line.text(i + 1));
          if (wanted.isEmpty()) {
            return fail("unknown type \"" + line.text(i + 1) + "\"", line, i + 1);
          }
          type = wanted.get();
          keyLength = defaultLength(type);
          boolean sized =
              type == StickTableSettings.KeyType.STRING
                  || type == StickTableSettings.KeyType.BINARY;
          if (sized && line.is(i + 2, "len")) {
            keyLength = Numbers.intPrefix(line.text(i + 3));
            if (keyLength <= 0) {
              return fail("the length must be above 0", line, i + 3);
            }
            i += 2;
          }
        }
        default -> {
          if (word.equals("srvkey") && !List.of("addr", "name").contains(line.text(i + 1))) {
            return fail("srvkey is addr or name", line, i + 1);
          }
          reading.notModelled(word, line.span(i));
        }
      }
      i += 2;
    }
    if (size == 0) {
      return fail("the size is missing", line, 0);
    }
    return Optional.of(
        new StickTableSettings(name, type, keyLength, size, expire, noPurge, store, peers));
  }

  private void lookup(Line line, int index) {
    reading.notModelled("peers", line.span(index - 1));
    reading.afterwards(
        () -> {
          if (!reading.sections.has("peers", line.text(index))) {
            reading.log.error(
                "unknown-section",
                "there is no peers section \"" + line.text(index) + "\"",
                line.span(index),
                Suggestions.didYouMean(line.text(index), reading.sections.of("peers")));
          }
        });
  }

  private Optional<StickTableSettings> fail(String message, Line line, int index) {
    reading.log.error("bad-stick-table", message, line.span(index));
    return Optional.empty();
  }

  private static Optional<StickTableSettings.KeyType> keyType(String text) {
    return switch (text) {
      case "ip", "ipv4" -> Optional.of(StickTableSettings.KeyType.IP);
      case "ipv6" -> Optional.of(StickTableSettings.KeyType.IPV6);
      case "integer" -> Optional.of(StickTableSettings.KeyType.INTEGER);
      case "string" -> Optional.of(StickTableSettings.KeyType.STRING);
      case "binary" -> Optional.of(StickTableSettings.KeyType.BINARY);
      default -> Optional.empty();
    };
  }

  private static int defaultLength(StickTableSettings.KeyType type) {
    return switch (type) {
      case IP, INTEGER -> 4;
      case IPV6 -> 16;
      case STRING, BINARY -> 32;
    };
  }

  private Optional<List<StickTableSettings.StoredData>> stored(Line line, int index) {
    List<StickTableSettings.StoredData> stored = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String part : split(line.text(index))) {
      int open = part.indexOf('(');
      String name = open < 0 ? part : part.substring(0, open);
      String argument =
          open < 0 ? "" : part.substring(open + 1, Math.max(open + 1, part.lastIndexOf(')')));
      String kind = STORED.get(name);
      if (kind == null) {
        reading.log.error(
            "unknown-stored-data",
            "a table cannot store \"" + name + "\"",
            line.span(index),
            Suggestions.didYouMean(name, STORED.keySet()));
        return Optional.empty();
      }
      Optional<StickTableSettings.StoredData> data = data(name, kind, argument, open >= 0);
      if (data.isEmpty()) {
        reading.log.error(
            "bad-stick-table", "wrong argument of \"" + part + "\"", line.span(index));
        return Optional.empty();
      }
      if (names.contains(name)) {
        reading.log.warning("repeated", "\"" + name + "\" is stored already", line.span(index));
        continue;
      }
      names.add(name);
      stored.add(data.get());
    }
    boolean mixed =
        names.contains("gpt") && names.contains("gpt0")
            || names.contains("gpc") && (names.contains("gpc0") || names.contains("gpc1"))
            || names.contains("gpc_rate")
                && (names.contains("gpc0_rate") || names.contains("gpc1_rate"));
    if (mixed) {
      reading.log.error(
          "bad-stick-table", "an array and a single counter exclude each other", line.span(index));
      return Optional.empty();
    }
    return Optional.of(stored);
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth <= 0 || i == text.length()) {
        if (i > start) {
          parts.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }

  private static Optional<StickTableSettings.StoredData> data(
      String name, String kind, String argument, boolean given) {
    String[] parts = argument.split(",", -1);
    boolean counts = kind.equals("count") || kind.equals("both");
    boolean periods = kind.equals("period") || kind.equals("both");
    if (kind.equals("none") == given || kind.equals("both") && parts.length != 2) {
      return Optional.empty();
    }
    Optional<Integer> count = counts ? Numbers.whole(parts[0], 1, 100) : Optional.of(1);
    Optional<Duration> period = Optional.empty();
    if (periods) {
      if (Numbers.time(parts[kind.equals("both") ? 1 : 0], Duration.ofMillis(1))
          instanceof Numbers.Time.Value(Duration time)) {
        period = Optional.of(time);
      } else {
        return Optional.empty();
      }
    }
    Optional<Duration> found = period;
    return count.map(c -> new StickTableSettings.StoredData(name, found, c));
  }
}
