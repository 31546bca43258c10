package org.vipdrift.simulator.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.VariableMap;

/** A {@code map} ready for use. */
final class CompiledMap {
  private final VariableMap map;
  private final Map<String, Template> exact = new LinkedHashMap<>();
  private final List<VariableMap.Entry> wildcards = new ArrayList<>();
  private final List<Compiled> patterns = new ArrayList<>();

  private record Compiled(Pattern pattern, Template value) {}

  CompiledMap(VariableMap map) {
    this.map = map;
    for (VariableMap.Entry entry : map.entries()) {
      if (entry.regex()) {
        patterns.add(
            new Compiled(
                Pattern.compile(entry.key(), entry.caseless() ? Pattern.CASE_INSENSITIVE : 0),
                entry.value()));
      } else if (map.hostnames() && entry.key().indexOf('*') >= 0) {
        wildcards.add(entry);
      } else {
        exact.put(entry.key(), entry.value());
      }
    }
  }

  Template source() {
    return map.source();
  }

  Template valueOf(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Template found = exact.get(lower);
    if (found != null) {
      return found;
    }
    for (VariableMap.Entry entry : wildcards) {
      String key = entry.key();
      boolean matches =
          key.startsWith("*")
              ? lower.endsWith(key.substring(1))
              : lower.startsWith(key.substring(0, key.length() - 1));
      if (matches) {
        return entry.value();
      }
    }
    for (Compiled compiled : patterns) {
      if (compiled.pattern().matcher(text).find()) {
        return compiled.value();
      }
    }
    return map.fallback();
  }
}
