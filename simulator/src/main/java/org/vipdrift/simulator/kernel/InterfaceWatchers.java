package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.actors.port.Interfaces.InterfaceStatus;

/** Who wants to hear of changes of the interfaces. */
final class InterfaceWatchers {
  private final List<Watcher> watchers = new ArrayList<>();

  private record Watcher(String who, InterfaceListener listener) {}

  void add(String who, InterfaceListener listener) {
    watchers.add(new Watcher(who, listener));
  }

  /** Ends the watches of a process and of its parts. */
  void remove(String who) {
    watchers.removeIf(watcher -> ProcessOwners.belongs(watcher.who, who));
  }

  void clear() {
    watchers.clear();
  }

  void tell(NetworkInterface changed, long cause) {
    if (watchers.isEmpty()) {
      return;
    }
    InterfaceStatus status = changed.status(cause);
    for (Watcher watcher : List.copyOf(watchers)) {
      watcher.listener.interfaceChanged(status);
    }
  }
}
