package org.vipdrift.scenarios.report;

/**
 * How a text report looks; neither colour nor unusual characters ever carry meaning alone.
 *
 * @param columns the width of the lines, at least 60
 * @param colour whether to use the terminal's colours
 * @param unicode whether the terminal shows more than ASCII
 */
public record Style(int columns, boolean colour, boolean unicode) {
  private static final int NARROWEST = 60;

  public Style {
    columns = Math.max(NARROWEST, columns);
  }

  /** 100 columns of plain ASCII. */
  public static Style plain() {
    return new Style(100, false, false);
  }

  String tick() {
    return good(unicode ? "✓" : "+");
  }

  String cross() {
    return bad(unicode ? "✗" : "x");
  }

  String doubt() {
    return doubtful("?");
  }

  String arrow() {
    return unicode ? "→" : "->";
  }

  char full() {
    return unicode ? '█' : '#';
  }

  char empty() {
    return unicode ? '·' : '.';
  }

  String heading(String text) {
    return sequence("1", text);
  }

  String faint(String text) {
    return sequence("2", text);
  }

  String good(String text) {
    return sequence("32", text);
  }

  String bad(String text) {
    return sequence("1;31", text);
  }

  String doubtful(String text) {
    return sequence("33", text);
  }

  private String sequence(String code, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
