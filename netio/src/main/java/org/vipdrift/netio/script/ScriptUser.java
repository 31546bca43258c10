package org.vipdrift.netio.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.node.Account;

/**
 * A user and a group that scripts run as.
 *
 * @param name of the user
 */
public record ScriptUser(String name, int uid, int gid) {
  /** The superuser. */
  public static final ScriptUser ROOT = new ScriptUser("root", 0, 0);

  private static final Path USERS = Path.of("/etc/passwd");
  private static final Path GROUPS = Path.of("/etc/group");
  private static final int NUMBER = 2;
  private static final int PRIMARY_GROUP = 3;

  /** A user as found, or the line that keepalived 2.2.7 logs. */
  public sealed interface Lookup {
    record Found(ScriptUser user) implements Lookup {}

    record Unknown(String logLine) implements Lookup {}
  }

  /**
   * Finds a local user, by name or number, with another group instead of its own if one is given.
   *
   * @throws IOException when the machine's user database cannot be read
   */
  public static Lookup find(String user, Optional<String> group) throws IOException {
    Optional<List<String>> entry = entry(USERS, user);
    if (entry.isEmpty()) {
      return new Lookup.Unknown("Script user '" + user + "' does not exist");
    }
    int uid = number(entry.get(), NUMBER);
    if (group.isEmpty()) {
      return new Lookup.Found(
          new ScriptUser(entry.get().getFirst(), uid, number(entry.get(), PRIMARY_GROUP)));
    }
    Optional<List<String>> groupEntry = entry(GROUPS, group.get());
    if (groupEntry.isEmpty()) {
      return new Lookup.Unknown("Script group '" + group.get() + "' does not exist");
    }
    return new Lookup.Found(
        new ScriptUser(entry.get().getFirst(), uid, number(groupEntry.get(), NUMBER)));
  }

  /**
   * Finds whom a configuration names.
   *
   * @throws IOException when the machine's user database cannot be read
   */
  public static Lookup find(Account account) throws IOException {
    return find(account.user(), account.group());
  }

  private static Optional<List<String>> entry(Path database, String name) throws IOException {
    try (var lines = Files.lines(database, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(line -> Arrays.asList(line.split(":", -1)))
          .filter(
              fields ->
                  fields.size() > PRIMARY_GROUP
                      && (fields.getFirst().equals(name) || fields.get(NUMBER).equals(name)))
          .findFirst();
    }
  }

  private static int number(List<String> fields, int index) throws IOException {
    try {
      return Integer.parseUnsignedInt(fields.get(index));
    } catch (NumberFormatException failure) {
      throw new IOException(
          "expected a number in field " + (index + 1) + " of the entry of " + fields.getFirst(),
          failure);
    }
  }
}
