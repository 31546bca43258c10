package org.vipdrift.model.config.keepalived;

/** The backslash escapes of a quoted string. */
final class Escapes {
  private Escapes() {}

  /** Appends the character an escape stands for and answers the index after the escape. */
  static int read(String text, int backslash, StringBuilder target) {
    int at = backslash + 1;
    char c = text.charAt(at);
    return switch (c) {
      case 'a' -> put(target, '\u0007', at + 1);
      case 'b' -> put(target, '\b', at + 1);
      case 'E' -> put(target, '\u001b', at + 1);
      case 'f' -> put(target, '\f', at + 1);
      case 'n' -> put(target, '\n', at + 1);
      case 'r' -> put(target, '\r', at + 1);
      case 't' -> put(target, '\t', at + 1);
      case 'v' -> put(target, '\u000b', at + 1);
      case 'x' -> number(text, at + 1, 16, 2, target);
      case 'c' ->
          at + 1 < text.length()
              ? put(target, (char) (text.charAt(at + 1) & 0x1f), at + 2)
              : put(target, c, at + 1);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at, 8, 3, target);
      default -> put(target, c, at + 1);
    };
  }

  private static int put(StringBuilder target, char c, int next) {
    target.append(c);
    return next;
  }

  private static int number(String text, int from, int radix, int most, StringBuilder target) {
    int value = 0;
    int i = from;
    while (i < text.length() && i < from + most && Character.digit(text.charAt(i), radix) >= 0) {
      value = value * radix + Character.digit(text.charAt(i++), radix);
    }
    target.append((char) (value & 0xff));
    return i;
  }
}
