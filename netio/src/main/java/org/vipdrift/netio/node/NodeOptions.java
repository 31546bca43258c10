package org.vipdrift.netio.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a node is to live.
 *
 * @param name of the node in its status and trace
 * @param version of this program
 * @param pidFiles each holds the process number; the first one keeps a second daemon away
 * @param statusSocket where its status is told; empty for nowhere
 * @param json writes a status for {@code vipdrift status --json}
 * @param metrics where metrics are served; empty for nowhere
 * @param dryRun listen and report what it would do, send and change nothing
 * @param keepAddresses leave addresses and routes installed at the end
 * @param policy at a split-brain
 */
public record NodeOptions(
    String name,
    String version,
    List<Path> pidFiles,
    Optional<Path> statusSocket,
    Function<NodeStatus, String> json,
    Optional<InetSocketAddress> metrics,
    boolean dryRun,
    boolean keepAddresses,
    SplitBrainPolicy policy) {
  public NodeOptions {
    pidFiles = List.copyOf(pidFiles);
  }
}
