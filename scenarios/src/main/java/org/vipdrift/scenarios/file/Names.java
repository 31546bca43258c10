package org.vipdrift.scenarios.file;

/** What names may look like: they appear in traces, reports and shell words. */
final class Names {
  private Names() {}

  static void check(String sort, String name, YamlNode where) {
    if (!name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:@-]{0,62}")) {
      where.error(
          Mistake.MALFORMED_NAME,
          "'" + name.replace("\n", "\\n") + "' cannot be the name of a " + sort,
          "use letters, digits, '-', '_' and '.'");
    }
  }
}
