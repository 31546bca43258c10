package org.vipdrift.model.config.haproxy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.CacheSettings;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.haproxy.settings.LogForwardSettings;
import org.vipdrift.model.haproxy.settings.MailersSettings;
import org.vipdrift.model.haproxy.settings.ResolversSettings;
import org.vipdrift.model.haproxy.settings.RingSettings;
import org.vipdrift.model.haproxy.settings.UserList;

/** Sections others refer to by name. */
final class NamedSections {
  private final Map<String, Map<String, SourceSpan>> names = new TreeMap<>();
  final Map<String, UserList> userLists = new LinkedHashMap<>();
  final Map<String, PeersDraft> peers = new LinkedHashMap<>();
  final Map<String, ResolversSettings> resolvers = new LinkedHashMap<>();
  final Map<String, MailersSettings> mailers = new LinkedHashMap<>();
  final Map<String, CacheSettings> caches = new LinkedHashMap<>();
  final Map<String, RingSettings> rings = new LinkedHashMap<>();
  final Map<String, LogForwardSettings> logForwards = new LinkedHashMap<>();
  final Map<String, SortedMap<Integer, HttpReply>> httpErrors = new LinkedHashMap<>();

  /** Groups of user lists, with or without members. */
  final Map<String, Set<String>> userGroups = new TreeMap<>();

  Set<String> groups(String userList) {
    return userGroups.getOrDefault(userList, new TreeSet<>());
  }

  /** Remembers a section; the place of an earlier one of that name, if any. */
  Optional<SourceSpan> add(String kind, String name, SourceSpan span) {
    return Optional.ofNullable(
        names.computeIfAbsent(kind, k -> new TreeMap<>()).putIfAbsent(name, span));
  }

  boolean has(String kind, String name) {
    Map<String, SourceSpan> known = names.get(kind);
    return known != null && known.containsKey(name);
  }

  Set<String> of(String kind) {
    Map<String, SourceSpan> known = names.get(kind);
    return known == null ? new TreeSet<>() : known.keySet();
  }
}
