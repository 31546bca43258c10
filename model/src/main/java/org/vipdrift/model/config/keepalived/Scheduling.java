package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the operating system is to treat the VRRP process.
 *
 * @param realTimePriority {@code vrrp_rt_priority}, 1..99 of SCHED_RR
 * @param nice {@code vrrp_priority}, -20..19
 * @param noSwap {@code vrrp_no_swap}: memory is locked
 * @param realTimeLimit {@code vrrp_rlimit_rttime}: CPU time between two blocking calls
 * @param cpus {@code vrrp_cpu_affinity}; none for all
 * @param maximumAutoPriority {@code max_auto_priority}: up to which real-time priority the process
 *     may raise itself when it runs late; negative forbids it
 */
public record Scheduling(
    OptionalInt realTimePriority,
    OptionalInt nice,
    boolean noSwap,
    Optional<Duration> realTimeLimit,
    List<Integer> cpus,
    OptionalInt maximumAutoPriority) {
  public static final Scheduling DEFAULT =
      new Scheduling(
          OptionalInt.empty(),
          OptionalInt.empty(),
          false,
          Optional.empty(),
          List.of(),
          OptionalInt.empty());

  public Scheduling {
    cpus = List.copyOf(cpus);
  }
}
