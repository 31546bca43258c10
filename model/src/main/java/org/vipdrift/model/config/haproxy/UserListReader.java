package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.UserList;

/** Reads a {@code userlist}. */
final class UserListReader implements SmallSection {
  private final Reading reading;
  private final String name;
  private final List<UserList.User> users = new ArrayList<>();
  private final Map<String, List<Word>> groups = new LinkedHashMap<>();
  private final Map<String, List<Word>> memberships = new LinkedHashMap<>();

  UserListReader(Reading reading, Line line) {
    this.reading = reading;
    this.name = line.text(1);
  }

  @Override
  public void line(Line line) {
    switch (line.text(0)) {
      case "user" -> user(line);
      case "group" -> group(line);
      default -> SmallSection.unknown(reading, line, "userlist", List.of("user", "group"));
    }
  }

  private List<Word> names(Word word) {
    return Stream.of(word.text().split(",")).map(n -> new Word(n, word.span())).toList();
  }

  private void user(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "a name");
      return;
    }
    if (users.stream().anyMatch(u -> u.name().equals(line.text(1)))) {
      reading.log.warning(
          "duplicate-user", "the user \"" + line.text(1) + "\" is there already", line.span(1));
      return;
    }
    String password = "";
    boolean encrypted = false;
    for (int i = 2; line.has(i); i += 2) {
      boolean known = List.of("password", "insecure-password", "groups").contains(line.text(i));
      if (!known || !line.has(i + 1)) {
        reading.log.error(
            known ? "missing-argument" : "unknown-keyword",
            known
                ? "\"" + line.text(i) + "\" expects an argument"
                : "a user has password, insecure-password and groups, not \"" + line.text(i) + "\"",
            line.span(i),
            Suggestions.didYouMean(
                line.text(i), List.of("password", "insecure-password", "groups")));
        return;
      }
      if (line.is(i, "groups")) {
        memberships.put(line.text(1), names(line.words().get(i + 1)));
      } else {
        password = line.text(i + 1);
        encrypted = line.is(i, "password");
        if (encrypted && !password.startsWith("$5$") && !password.startsWith("$6$")) {
          reading.notModelled("a password that is not of the form $5$ or $6$", line.span(i + 1));
        }
      }
    }
    users.add(new UserList.User(line.text(1), password, encrypted, List.of()));
  }

  private void group(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "a name");
      return;
    }
    if (groups.containsKey(line.text(1))) {
      reading.log.warning(
          "duplicate-group", "the group \"" + line.text(1) + "\" is there already", line.span(1));
      return;
    }
    List<Word> members = new ArrayList<>();
    for (int i = 2; line.has(i); i += 2) {
      if (!line.is(i, "users")) {
        reading.log.error(
            "unknown-keyword", "a group has users, not \"" + line.text(i) + "\"", line.span(i));
        return;
      }
      if (line.has(i + 1)) {
        members.addAll(names(line.words().get(i + 1)));
      }
    }
    groups.put(line.text(1), members);
  }

  @Override
  public void end() {
    memberships
        .values()
        .forEach(
            wanted ->
                wanted.stream()
                    .filter(g -> !groups.containsKey(g.text()))
                    .forEach(
                        g ->
                            reading.log.error(
                                "unknown-group",
                                "there is no group \"" + g.text() + "\" in this list",
                                g.span(),
                                Suggestions.didYouMean(g.text(), groups.keySet()))));
    groups.forEach(
        (group, members) ->
            members.stream()
                .filter(m -> users.stream().noneMatch(u -> u.name().equals(m.text())))
                .forEach(
                    m ->
                        reading.log.error(
                            "unknown-user",
                            "there is no user \"" + m.text() + "\" in this list",
                            m.span())));
    List<UserList.User> finished =
        users.stream()
            .map(u -> new UserList.User(u.name(), u.password(), u.encrypted(), groupsOf(u.name())))
            .toList();
    reading.sections.userGroups.putIfAbsent(name, groups.keySet());
    reading.sections.userLists.putIfAbsent(name, new UserList(name, finished));
  }

  private List<String> groupsOf(String user) {
    LinkedHashSet<String> of = new LinkedHashSet<>();
    memberships.getOrDefault(user, List.of()).forEach(g -> of.add(g.text()));
    groups.forEach(
        (group, members) -> {
          if (members.stream().anyMatch(m -> m.text().equals(user))) {
            of.add(group);
          }
        });
    return List.copyOf(of);
  }
}
