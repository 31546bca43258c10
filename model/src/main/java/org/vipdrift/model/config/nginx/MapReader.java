package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.VariableMap;

/** Reads {@code map} blocks. */
final class MapReader {
  private final ProblemLog log;
  private final Templates templates;

  MapReader(ProblemLog log, Templates templates) {
    this.log = log;
    this.templates = templates;
  }

  Optional<VariableMap> read(NginxStatement block) {
    String name = block.argument(2);
    if (!name.startsWith("$") || name.length() < 2) {
      log.error(
          "invalid-variable",
          "invalid variable name \"" + name + "\"",
          block.words().get(2).span());
      return Optional.empty();
    }
    templates.define(name.substring(1));
    Template source = templates.read(block.words().get(1));
    List<VariableMap.Entry> exact = new ArrayList<>();
    List<VariableMap.Entry> patterns = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    Template fallback = Template.EMPTY;
    boolean hostnames = false;
    for (NginxStatement line : block.body()) {
      String key = line.name();
      if (line.count() == 0 && (key.equals("hostnames") || key.equals("volatile"))) {
        hostnames |= key.equals("hostnames");
        continue;
      }
      if (line.count() != 1 || line.block().isPresent()) {
        log.error("map-parameters", "invalid number of the map parameters", line.span());
        continue;
      }
      Template value = templates.read(line.words().get(1));
      if (key.equals("default")) {
        fallback = value;
      } else if (key.startsWith("~")) {
        boolean caseless = key.startsWith("~*");
        Patterns.read(
                key.substring(caseless ? 2 : 1), line.words().getFirst().span(), templates, log)
            .ifPresent(p -> patterns.add(new VariableMap.Entry(p, true, caseless, value)));
      } else {
        String text = key.startsWith("\\") ? key.substring(1) : key;
        if (!seen.add(text.toLowerCase(Locale.ROOT))) {
          log.error(
              "map-conflict",
              "conflicting parameter \"" + key + "\"",
              line.words().getFirst().span());
        }
        exact.add(new VariableMap.Entry(text.toLowerCase(Locale.ROOT), false, true, value));
      }
    }
    exact.addAll(patterns);
    return Optional.of(new VariableMap(source, name.substring(1), exact, fallback, hostnames));
  }
}
