package org.vipdrift.simulator.web;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.simulator.kernel.tcp.Sockets;

/**
 * What an nginx finds on its host.
 *
 * @param who its incarnation
 * @param disk the text of a file by its absolute path
 * @param isFolder whether files lie below an absolute path, which ends without a slash
 * @param random its own stream
 * @param log what goes to its error log, with its cause
 */
public record NginxEnvironment(
    ProcessTimers timers,
    Sockets sockets,
    String who,
    String hostName,
    Function<String, Optional<String>> disk,
    Predicate<String> isFolder,
    SplitRandom random,
    ObjLongConsumer<String> log) {
  /** Seconds of the wall clock: what nginx counts failures by. */
  long wallSeconds() {
    return Math.floorDiv(timers.wallNanos(), 1_000_000_000L);
  }
}
