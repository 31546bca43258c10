package org.vipdrift.scenarios.file;

/** What names may look like: they appear in traces, reports and shell words. */
final class Names {
  private Names() {}

  static boolean isName(String name) {
    return name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:@-]{0,62}");
  }

  static void check(String sort, String name, YamlNode where) {
    if (!isName(name)) {
      where.error(
          Mistake.MALFORMED_NAME,
          "'" + name.replace("\n", "\\n") + "' cannot be the name of a " + sort,
          "use letters, digits, '-', '_' and '.'");
    }
  }
}
