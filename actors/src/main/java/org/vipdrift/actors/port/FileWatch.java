package org.vipdrift.actors.port;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Watches files. */
public interface FileWatch {
  /** What a process asks. */
  sealed interface Command {}

  /** Answers with the file as it is now, and at every later change. */
  record Watch(String who, String path, ActorRef<FileStatus> subscriber) implements Command {}

  /** Ends every watch of this process. */
  record Unwatch(String who) implements Command {}

  /** A file as it is now; empty when it does not exist. */
  record FileStatus(String path, Optional<String> content, long cause) {}
}
