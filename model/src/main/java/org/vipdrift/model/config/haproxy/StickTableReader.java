package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.StickTableSettings;

/** Reads one table: of a {@code stick-table} line, or of a {@code table} line of peers. */
final class StickTableReader {
  /** What a table may store: the kind of argument each takes. */
  private static final Map<String, String> STORED = stored();

  private final Reading reading;
  private final Line line;
  private final String name;
  private StickTableSettings.KeyType type = StickTableSettings.KeyType.IP;
  private int keyLength = 4;
  private long size;
  private Optional<Duration> expire = Optional.empty();
  private boolean noPurge;
  private Optional<String> peers = Optional.empty();
  private final List<StickTableSettings.StoredData> store = new ArrayList<>();

  StickTableReader(Reading reading, Line line, String name) {
    this.reading = reading;
    this.line = line;
    this.name = name;
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

  /** A table, empty if the line is wrong, which is reported. */
  Optional<StickTableSettings> read(int from) {
    int i = from;
    while (line.has(i)) {
      if (line.is(i, "nopurge")) {
        noPurge = true;
        i++;
      } else {
        int next = setting(i);
        if (next < 0) {
          return Optional.empty();
        }
        i = next;
      }
    }
    if (size == 0) {
      wrong("the size is missing", 0);
      return Optional.empty();
    }
    return Optional.of(
        new StickTableSettings(name, type, keyLength, size, expire, noPurge, store, peers));
  }

  /**
   * Reads a word and its argument.
   *
   * @return where the next word is; -1 after a problem, which is reported
   */
  private int setting(int i) {
    String word = line.text(i);
    if (!List.of("type", "size", "expire", "peers", "store", "srvkey").contains(word)) {
      wrong("stick-table does not know \"" + word + "\"", i);
      return -1;
    }
    if (!line.has(i + 1) && !word.equals("store")) {
      wrong("\"" + word + "\" expects an argument", i);
      return -1;
    }
    boolean sized = word.equals("type") && hasLength(i);
    boolean right =
        switch (word) {
          case "size" -> size(i + 1);
          case "expire" -> {
            expire = reading.time(line, i + 1, "expire");
            yield expire.isPresent();
          }
          case "peers" -> {
            peers = Optional.of(line.text(i + 1));
            lookup(i + 1);
            yield true;
          }
          case "store" -> {
            Optional<List<StickTableSettings.StoredData>> stored = stored(i + 1);
            stored.ifPresent(store::addAll);
            yield stored.isPresent();
          }
          case "type" -> type(i + 1) && (!sized || keyLength(i + 3));
          default -> serverKey(i);
        };
    return !right ? -1 : sized ? i + 4 : i + 2;
  }

  private boolean size(int index) {
    size = Numbers.size(line.text(index));
    return size > 0 || wrong("\"" + line.text(index) + "\" is not a size", index);
  }

  private boolean type(int index) {
    Optional<StickTableSettings.KeyType> wanted = keyType(line.text(index));
    if (wanted.isEmpty()) {
      return wrong("unknown type \"" + line.text(index) + "\"", index);
    }
    type = wanted.get();
    keyLength = defaultLength(type);
    return true;
  }

  /** Whether a type is one whose length can be said, and it is. */
  private boolean hasLength(int index) {
    return List.of("string", "binary").contains(line.text(index + 1)) && line.is(index + 2, "len");
  }

  private boolean keyLength(int index) {
    keyLength = Numbers.intPrefix(line.text(index));
    return keyLength > 0 || wrong("the length must be above 0", index);
  }

  private boolean serverKey(int index) {
    if (!List.of("addr", "name").contains(line.text(index + 1))) {
      return wrong("srvkey is addr or name", index + 1);
    }
    reading.notModelled("srvkey", line.span(index));
    return true;
  }

  private void lookup(int index) {
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

  private boolean wrong(String message, int index) {
    reading.log.error("bad-stick-table", message, line.span(index));
    return false;
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

  private Optional<List<StickTableSettings.StoredData>> stored(int index) {
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
