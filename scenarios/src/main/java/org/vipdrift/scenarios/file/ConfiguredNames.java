package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that keepalived.conf texts give to their blocks, found without parsing them. */
final class ConfiguredNames {
  private ConfiguredNames() {}

  /**
   * The names after a keyword such as {@code vrrp_script}; empty where a name is made from a
   * definition, since then none can be told to be wrong.
   */
  static List<String> of(String keyword, Map<String, String> texts) {
    Pattern block = Pattern.compile("\\b" + keyword + "\\s+\"?([^\\s{\"]+)");
    List<String> names = new ArrayList<>();
    for (String text : texts.values()) {
      Matcher matcher = block.matcher(text);
      while (matcher.find()) {
        if (matcher.group(1).contains("$")) {
          return List.of();
        }
        if (!names.contains(matcher.group(1))) {
          names.add(matcher.group(1));
        }
      }
      if (text.contains("~SEQ")) {
        return List.of();
      }
    }
    return names;
  }
}
