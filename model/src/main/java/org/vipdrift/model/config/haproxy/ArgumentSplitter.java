package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;

/** Arguments in parentheses: commas between them, quotes and escapes within. */
final class ArgumentSplitter {
  private final String text;
  private int at;

  /**
   * @param from the index after the opening parenthesis
   */
  ArgumentSplitter(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /** Where the closing parenthesis stands, or where reading stopped. */
  int end() {
    return at;
  }

  List<String> split() {
    List<String> arguments = new ArrayList<>();
    StringBuilder argument = new StringBuilder();
    boolean weak = false;
    boolean strong = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' && !strong) {
        weak = !weak;
      } else if (c == '\'' && !weak) {
        strong = !strong;
      } else if (c == '\\' && !strong && at + 1 < text.length()) {
        escape(argument);
      } else if (c == ',' && !weak && !strong) {
        arguments.add(argument.toString());
        argument.setLength(0);
      } else if (c == ')' && !weak && !strong) {
        break;
      } else {
        argument.append(c);
      }
      at++;
    }
    arguments.add(argument.toString());
    if (weak || strong) {
      at = text.length();
    }
    return arguments;
  }

  private void escape(StringBuilder argument) {
    char next = text.charAt(at + 1);
    switch (next) {
      case 'n' -> argument.append('\n');
      case 'r' -> argument.append('\r');
      case 't' -> argument.append('\t');
      case ' ', '\\', '"', '\'' -> argument.append(next);
      default -> {
        argument.append('\\');
        return;
      }
    }
    at++;
  }
}
