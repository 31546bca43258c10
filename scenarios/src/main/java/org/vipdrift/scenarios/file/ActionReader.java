package org.vipdrift.scenarios.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.scenario.Action;

/** Reads an action by its keyword. */
final class ActionReader {
  /** Keywords that later versions may know, with what to tell. */
  private static final List<String> NOT_YET = List.of("server-slow", "server-error");

  private final MachineActionReader machines;
  private final Map<String, Function<YamlNode, Action>> readers = new LinkedHashMap<>();

  ActionReader(ClusterNames names, FolderFiles files) {
    this.machines = new MachineActionReader(names, files);
    readers.putAll(machines.readers());
    readers.putAll(new NetworkActionReader(names).readers());
  }

  /** Every keyword. */
  List<String> keywords() {
    return List.copyOf(readers.keySet());
  }

  /** Whether it names an action, of this version or of another. */
  boolean knows(String keyword) {
    return readers.containsKey(keyword) || NOT_YET.contains(keyword);
  }

  Optional<Action> read(String keyword, YamlMap.Entry entry) {
    if (NOT_YET.contains(keyword)) {
      entry
          .key()
          .error(
              Mistake.NOT_IN_THIS_VERSION,
              "'" + keyword + "' needs HTTP servers, which this version does not simulate",
              "stop, freeze or starve the server's process instead");
      return Optional.empty();
    }
    return Optional.of(readers.get(keyword).apply(entry.value()));
  }

  /** Runs the checks that need the whole timeline to be read. */
  void finish() {
    machines.finish();
  }
}
