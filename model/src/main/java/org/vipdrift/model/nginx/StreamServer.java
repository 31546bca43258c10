package org.vipdrift.model.nginx;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/**
 * A {@code server} block of {@code stream}.
 *
 * @param upstream the name of an {@link Upstream}
 * @param returned what it says instead of proxying
 * @param timeout between two reads or writes of either side
 * @param tries 0 for no limit
 * @param triesTimeout zero for no limit
 */
public record StreamServer(
    List<Listen> listens,
    Optional<String> upstream,
    Optional<Template> returned,
    Duration connectTimeout,
    Duration timeout,
    boolean nextUpstream,
    int tries,
    Duration triesTimeout,
    List<AccessRule> access,
    Optional<IpAddress> source) {
  public StreamServer {
    listens = List.copyOf(listens);
    access = List.copyOf(access);
  }
}
