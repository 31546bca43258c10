package org.vipdrift.scenarios.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.scenario.Action;

/** Reads an action by its keyword. */
final class ActionReader {
  private final MachineActionReader machines;
  private final Map<String, Function<YamlNode, Action>> readers = new LinkedHashMap<>();

  ActionReader(ClusterNames names, FolderFiles files) {
    this.machines = new MachineActionReader(names, files);
    readers.putAll(machines.readers());
    readers.putAll(new NetworkActionReader(names).readers());
    readers.putAll(new ServerActionReader(names).readers());
  }

  /** Every keyword. */
  List<String> keywords() {
    return List.copyOf(readers.keySet());
  }

  /** Whether it names an action. */
  boolean knows(String keyword) {
    return readers.containsKey(keyword);
  }

  Optional<Action> read(String keyword, YamlMap.Entry entry) {
    return Optional.of(readers.get(keyword).apply(entry.value()));
  }

  /** Runs the checks that need the whole timeline to be read. */
  void finish() {
    machines.finish();
  }
}
