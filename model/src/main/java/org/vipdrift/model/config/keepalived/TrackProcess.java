package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.config.SourceSpan;

/**
 * A {@code vrrp_track_process}: watches how many processes of a name run.
 *
 * @param process the process name
 * @param parameters what its parameters must be, if anything was said about them
 * @param weight -254..254, 1 by default
 * @param quorum processes needed, 1 by default
 * @param quorumMaximum processes allowed
 * @param forkDelay before a gained quorum counts
 * @param terminateDelay before a lost quorum counts
 * @param fullCommand whether the whole command line is compared
 */
public record TrackProcess(
    String name,
    String process,
    List<String> parameters,
    Optional<ParameterMatch> parameterMatch,
    int weight,
    boolean reverse,
    int quorum,
    OptionalInt quorumMaximum,
    Duration forkDelay,
    Duration terminateDelay,
    boolean fullCommand,
    SourceSpan span) {

  /** How the parameters of a running process must agree with the configured ones. */
  public enum ParameterMatch {
    /** The last one may be longer. */
    INITIAL,
    /** More may follow. */
    PARTIAL
  }

  public TrackProcess {
    parameters = List.copyOf(parameters);
  }
}
