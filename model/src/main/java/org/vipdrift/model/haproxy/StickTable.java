package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.sample.Sample;
import org.vipdrift.model.haproxy.settings.StickTableSettings;
import org.vipdrift.model.haproxy.settings.StickTableSettings.StoredData;

/** A {@code stick-table}: what is remembered of each key, the least used forgotten first. */
final class StickTable {
  private final StickTableSettings settings;

  /** In the order of last use, which is also that of expiry. */
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  StickTable(StickTableSettings settings) {
    this.settings = settings;
  }

  /** What is stored of one key. */
  final class Entry {
    @Nullable Server server;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, EventRate> rates = new TreeMap<>();
    private long usedAt;

    void count(String name, long by, long nowNanos) {
      for (StoredData data : settings.store()) {
        if (data.name().equals(name)) {
          counts.merge(name, by, Long::sum);
        } else if (by > 0 && data.name().equals(rateName(name))) {
          rates
              .computeIfAbsent(
                  data.name(),
                  _ -> new EventRate(data.period().orElse(Duration.ofSeconds(1)).toNanos()))
              .count(nowNanos);
        }
      }
    }

    private static String rateName(String counter) {
      return counter.endsWith("_cnt")
          ? counter.substring(0, counter.length() - 3) + "rate"
          : counter;
    }

    long value(String name, long nowNanos) {
      if (name.equals("server_id")) {
        return server == null ? 0 : server.settings.id();
      }
      EventRate rate = rates.get(name);
      return rate == null ? counts.getOrDefault(name, 0L) : rate.perSecond(nowNanos);
    }
  }

  String name() {
    return settings.name();
  }

  /** The key's form in this table; empty where the sample has none. */
  private Optional<String> key(Sample sample) {
    return switch (settings.type()) {
      case IP -> sample.address().filter(IpAddress.V4.class::isInstance).map(IpAddress::toString);
      case IPV6 -> sample.address().map(IpAddress::toString);
      case INTEGER ->
          sample.number().isPresent()
              ? Optional.of(Long.toString(sample.number().getAsLong()))
              : Optional.empty();
      case STRING -> Optional.of(cut(sample.text()));
      case BINARY -> Optional.of(sample.text());
    };
  }

  private String cut(String text) {
    int most = settings.keyLength() > 1 ? settings.keyLength() - 1 : text.length();
    return text.length() <= most ? text : text.substring(0, most);
  }

  /** The entry, and that it was used now. */
  Optional<Entry> find(Sample sample, long nowNanos) {
    Optional<String> key = key(sample);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Entry entry = entries.get(key.get());
    if (entry == null) {
      return Optional.empty();
    }
    if (isOld(entry, nowNanos)) {
      entries.remove(key.get());
      return Optional.empty();
    }
    entry.usedAt = nowNanos;
    return Optional.of(entry);
  }

  /** The entry, made where there is none; empty where there is no room for it. */
  Optional<Entry> obtain(Sample sample, long nowNanos) {
    Optional<Entry> found = find(sample, nowNanos);
    Optional<String> key = key(sample);
    if (found.isPresent() || key.isEmpty()) {
      return found;
    }
    makeRoom(nowNanos);
    if (entries.size() >= settings.size()) {
      return Optional.empty();
    }
    Entry entry = new Entry();
    entry.usedAt = nowNanos;
    entries.put(key.get(), entry);
    return Optional.of(entry);
  }

  private void makeRoom(long nowNanos) {
    while (entries.size() >= settings.size() && !entries.isEmpty()) {
      Map.Entry<String, Entry> eldest = entries.entrySet().iterator().next();
      if (settings.noPurge() && !isOld(eldest.getValue(), nowNanos)) {
        return;
      }
      entries.remove(eldest.getKey());
    }
  }

  private boolean isOld(Entry entry, long nowNanos) {
    return settings.expire().isPresent()
        && nowNanos - entry.usedAt >= settings.expire().get().toNanos();
  }
}
