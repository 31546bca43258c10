package org.vipdrift.model.scenario.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TCP ports that configuration texts bind; port ranges and sockets in the file system are left
 * out.
 */
public final class ConfiguredPorts {
  private static final Pattern BINDING =
      Pattern.compile(
          "^[ \\t]*(?:bind|(?:listen|frontend)[ \\t]+\\S+)[ \\t]+([^\\s#]+)", Pattern.MULTILINE);
  private static final Pattern LISTEN =
      Pattern.compile("^[^#\\n]*?\\blisten[ \\t]+([^\\s;#]+)", Pattern.MULTILINE);
  private static final Pattern PORT = Pattern.compile("(?:.*:|^)([0-9]{1,5})$");

  private ConfiguredPorts() {}

  /** Those of {@code bind} lines and of the old {@code listen name *:80} of a haproxy.cfg. */
  public static List<Integer> ofHaproxy(String text) {
    return matches(BINDING, text);
  }

  /** Those of {@code listen} in an nginx.conf. */
  public static List<Integer> ofNginx(String text) {
    return matches(LISTEN, text);
  }

  private static List<Integer> matches(Pattern binding, String text) {
    List<Integer> ports = new ArrayList<>();
    Matcher bindings = binding.matcher(text);
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
