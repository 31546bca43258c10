package org.vipdrift.netio.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that share a group and a session, found in {@code /proc}.
 *
 * @param id of the group and of the session: the pid of the process that began both
 */
public record ProcessGroup(long id) {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);
  private static final Path PROC = Path.of("/proc");

  /** Enough for a member that forks while we look; a fork bomb is beyond us. */
  private static final int ROUNDS = 10;

  private static final int GROUP = 2;
  private static final int SESSION = 3;

  /** Sends TERM to every member. */
  public void terminate() {
    members().forEach(ProcessHandle::destroy);
  }

  /** Sends KILL to every member until none is left. */
  public void kill() {
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> members = members();
      if (members.isEmpty()) {
        return;
      }
      members.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Those that run now; zombies are not counted. */
  public List<ProcessHandle> members() {
    List<ProcessHandle> members = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        if (isMember(entry)) {
          ProcessHandle.of(Long.parseLong(entry.getFileName().toString())).ifPresent(members::add);
        }
      }
    } catch (IOException failure) {
      LOG.warn("The members of process group {} cannot be found", id, failure);
    }
    return members;
  }

  private boolean isMember(Path entry) throws IOException {
    try {
      // proc(5): pid (comm) state ppid pgrp session ...; comm may hold anything, parentheses too.
      String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SESSION + 2);
      return !fields[0].equals("Z")
          && !fields[0].equals("X")
          && Long.parseLong(fields[GROUP]) == id
          && Long.parseLong(fields[SESSION]) == id;
    } catch (NoSuchFileException _) {
      return false; // it has ended meanwhile
    } catch (IOException failure) {
      if ("No such process".equals(failure.getMessage())) {
        return false;
      }
      throw failure;
    }
  }
}
