package org.vipdrift.actors;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.ScriptRunner;

/** What trackers are told; each sort heeds its own. */
sealed interface TrackerCommand {
  /** From now on these instances are told; at once, if anything is known. */
  record Serve(List<ActorRef<VrrpInstance.Command>> subscribers) implements TrackerCommand {
    public Serve {
      subscribers = List.copyOf(subscribers);
    }
  }

  /** A timer of a {@link ScriptTracker} or {@link ProcessTracker} went off. */
  record TimerExpired(DeadlineTimers.TimerFired<TrackerTimer> fired) implements TrackerCommand {}

  /** A script ended. */
  record ScriptFinished(ScriptRunner.Finished finished) implements TrackerCommand {}

  /** A file is now like this. */
  record FileSeen(FileWatch.FileStatus status) implements TrackerCommand {}

  /** So many processes run now. */
  record ProcessesCounted(ProcessWatch.ProcessCount count) implements TrackerCommand {}

  /** The timers of trackers. */
  enum TrackerTimer {
    /** The next run of a script. */
    RUN,
    /** The end of a delay before a process counts as up or down. */
    SETTLE
  }
}
