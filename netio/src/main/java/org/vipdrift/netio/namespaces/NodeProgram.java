package org.vipdrift.netio.namespaces;

import java.nio.file.Path;
import java.util.List;

/**
 * What runs a node of ours.
 *
 * @param command the command line, without a node's options
 * @param folders absolute paths of what the command line reads: runtime, classes, caches
 */
public record NodeProgram(List<String> command, List<Path> folders) {
  public NodeProgram {
    command = List.copyOf(command);
    folders = List.copyOf(folders);
  }
}
