package org.vipdrift.model.config.keepalived;

import java.util.List;

/** Everything an instance or a sync group tracks. */
public record Tracking(
    List<TrackEntry> interfaces,
    List<TrackEntry> scripts,
    List<TrackEntry> files,
    List<TrackEntry> processes,
    List<TrackEntry> bfds) {
  public static final Tracking NONE =
      new Tracking(List.of(), List.of(), List.of(), List.of(), List.of());

  public Tracking {
    interfaces = List.copyOf(interfaces);
    scripts = List.copyOf(scripts);
    files = List.copyOf(files);
    processes = List.copyOf(processes);
    bfds = List.copyOf(bfds);
  }
}
