package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TCP ports that a haproxy.cfg binds: those of {@code bind} lines and of the old {@code listen
 * name *:80} and {@code frontend name *:80} forms; port ranges and sockets in the file system are
 * left out.
 */
final class HaproxyListens {
  private static final Pattern BINDING =
      Pattern.compile(
          "^[ \\t]*(?:bind|(?:listen|frontend)[ \\t]+\\S+)[ \\t]+([^\\s#]+)", Pattern.MULTILINE);
  private static final Pattern PORT = Pattern.compile("(?:.*:|^)([0-9]{1,5})$");

  private HaproxyListens() {}

  static List<Integer> of(String text) {
    List<Integer> ports = new ArrayList<>();
    Matcher bindings = BINDING.matcher(text);
    while (bindings.find()) {
      for (String address : bindings.group(1).split(",")) {
        Matcher port = PORT.matcher(address);
        if (port.matches()) {
          int number = Integer.parseInt(port.group(1));
          if (number > 0 && number <= 65_535 && !ports.contains(number)) {
            ports.add(number);
          }
        }
      }
    }
    return List.copyOf(ports);
  }
}
