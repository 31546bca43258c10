package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.scenario.text.DurationText;

/** Reads {@code timeline}; the entries come out in the order of time, equal times as written. */
final class TimelineReader {
  private static final List<String> FRAME = List.of("at", "for", "name", "heal");

  private final ActionReader actions;
  private final Intervals times;
  private final List<TimelineEntry> entries = new ArrayList<>();
  private final Map<String, Named> named = new LinkedHashMap<>();
  private final List<Healing> healings = new ArrayList<>();

  /** A named action; the action is empty where it could not be read. */
  private record Named(Optional<Duration> at, Optional<Action> action, String keyword, int line) {}

  private record Healing(YamlNode name, Optional<Duration> at) {}

  TimelineReader(ActionReader actions, Intervals times) {
    this.actions = actions;
    this.times = times;
  }

  List<TimelineEntry> read(YamlNode node) {
    int place = 0;
    for (YamlNode item : node.items("a list of timeline entries")) {
      place++;
      entry(item, place);
    }
    healings.forEach(this::heal);
    actions.finish();
    entries.sort(Comparator.comparing(TimelineEntry::at));
    return entries;
  }

  private void entry(YamlNode item, int place) {
    YamlMap map = item.map("a timeline entry");
    if (map.keys().isEmpty()) {
      if (item.isMap() || item.isEmpty()) {
        item.error(
            Mistake.MISSING_KEY,
            "the timeline entry is empty",
            "for example  { at: 10s, stop: { host: a } }");
      }
      return;
    }
    Optional<YamlNode> atNode = map.required("at");
    Optional<Duration> at = atNode.flatMap(YamlNode::duration);
    at.ifPresent(a -> times.beforeEnd(atNode.orElseThrow(), a));
    List<String> keywords = map.keys().stream().filter(actions::knows).toList();
    if (map.has("heal")) {
      healing(map, at, keywords);
    } else if (keywords.isEmpty()) {
      map.optional("for");
      map.optional("name");
      noAction(map);
    } else {
      for (String extra : keywords.subList(1, keywords.size())) {
        map.refuse(
            Mistake.CONFLICTING_KEYS,
            extra,
            "a second action in one timeline entry: '" + extra + "'",
            "give it an entry of its own");
      }
      perform(map, at, keywords.getFirst(), place);
    }
  }

  private void noAction(YamlMap map) {
    List<String> strange = map.keys().stream().filter(k -> !FRAME.contains(k)).toList();
    if (strange.isEmpty()) {
      map.self()
          .error(
              Mistake.MISSING_KEY,
              "the timeline entry has no action",
              "for example  stop: { host: a }");
      return;
    }
    for (String key : strange) {
      map.entry(key)
          .key()
          .error(
              Mistake.UNKNOWN_ACTION,
              "unknown action '" + key + "'",
              Spelling.suggest(
                  key, Stream.concat(actions.keywords().stream(), FRAME.stream()).toList()));
    }
  }

  private void perform(YamlMap map, Optional<Duration> at, String keyword, int place) {
    Optional<YamlNode> forNode = map.optional("for");
    Optional<Duration> duration = forNode.flatMap(YamlNode::positiveDuration);
    Optional<YamlNode> nameNode = map.optional("name");
    Optional<String> given = nameNode.flatMap(v -> v.text("a name"));
    Optional<Action> action = actions.read(keyword, map.entry(keyword));
    map.finish();
    if (forNode.isPresent() && action.isPresent() && !action.get().heals()) {
      forNode
          .get()
          .error(
              Mistake.DOES_NOT_HEAL,
              "'" + keyword + "' does not heal, so it cannot have 'for'",
              "remove 'for'");
    }
    given.ifPresent(n -> Names.check("timeline entry", n, nameNode.orElseThrow()));
    String name = given.orElse(keyword + "-" + place);
    Named first = named.get(name);
    if (first != null) {
      nameNode
          .orElse(map.entry(keyword).key())
          .error(
              Mistake.DUPLICATE_NAME,
              "the name '" + name + "' is used twice",
              "the first one is in line " + first.line());
    } else {
      named.put(name, new Named(at, action, keyword, map.self().line()));
    }
    action.ifPresent(
        a -> entries.add(new TimelineEntry.Perform(at.orElse(Duration.ZERO), name, duration, a)));
  }

  private void healing(YamlMap map, Optional<Duration> at, List<String> keywords) {
    map.refuse(Mistake.CONFLICTING_KEYS, "for", "'heal' has no duration", "remove 'for'");
    map.refuse(Mistake.CONFLICTING_KEYS, "name", "'heal' has no name of its own", "remove 'name'");
    for (String keyword : keywords) {
      map.refuse(
          Mistake.CONFLICTING_KEYS,
          keyword,
          "'heal' and an action in one timeline entry",
          "make two entries");
    }
    YamlNode name = map.entry("heal").value();
    healings.add(new Healing(name, at));
    name.text("the name of a timeline entry")
        .ifPresent(n -> entries.add(new TimelineEntry.Heal(at.orElse(Duration.ZERO), n)));
    map.finish();
  }

  private void heal(Healing healing) {
    if (!healing.name().isScalar()) {
      return;
    }
    healing
        .name()
        .nameOf("timeline entry", named.keySet())
        .map(named::get)
        .ifPresent(
            target -> {
              if (target.action().isPresent() && !target.action().get().heals()) {
                healing
                    .name()
                    .error(
                        Mistake.DOES_NOT_HEAL,
                        "'" + target.keyword() + "' in line " + target.line() + " does not heal",
                        "do the opposite with an action of its own");
              } else if (target.at().isPresent()
                  && healing.at().isPresent()
                  && healing.at().get().compareTo(target.at().get()) <= 0) {
                healing
                    .name()
                    .error(
                        Mistake.EMPTY_INTERVAL,
                        "healed at "
                            + DurationText.format(healing.at().get())
                            + ", but it begins at "
                            + DurationText.format(target.at().get()),
                        "heal later than it begins");
              }
            });
  }
}
