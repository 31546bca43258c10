package org.vipdrift.scenarios.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command prints, and what may be printed there.
 *
 * @param colour whether results may be coloured
 * @param progress whether progress may be drawn over and over on {@code err}
 * @param width of a line of results, in characters
 * @param home the folder that holds the catalogue
 * @param store the folder in which runs are kept
 */
record Console(
    PrintStream out,
    PrintStream err,
    boolean colour,
    boolean progress,
    int width,
    Path home,
    Path store) {
  private static final int DEFAULT_WIDTH = 100;
  private static final int NARROWEST = 60;
  private static final int WIDEST = 160;

  /** The process's own streams; what they are was found out by the launcher. */
  static Console ofProcess(Map<String, String> environment) {
    boolean terminal = Boolean.getBoolean("vipdrift.terminal.out");
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(environment.get("TERM"));
    return new Console(
        System.out,
        System.err,
        terminal && !plain,
        Boolean.getBoolean("vipdrift.terminal.err") && !"dumb".equals(environment.get("TERM")),
        width(environment.get("COLUMNS"), terminal),
        Path.of(System.getProperty("vipdrift.home", ".")),
        Path.of("store"));
  }

  private static int width(@org.jspecify.annotations.Nullable String columns, boolean terminal) {
    String known = columns != null ? columns : System.getProperty("vipdrift.terminal.columns", "");
    if (!terminal && columns == null || !known.matches("[1-9][0-9]{0,3}")) {
      return DEFAULT_WIDTH;
    }
    return Math.clamp(Integer.parseInt(known), NARROWEST, WIDEST);
  }

  Path catalogue() {
    return home.resolve("scenarios").resolve("catalogue");
  }

  /** An error line, as every verb prints it. */
  void error(String message) {
    err.println("vipdrift: " + message);
  }
}
