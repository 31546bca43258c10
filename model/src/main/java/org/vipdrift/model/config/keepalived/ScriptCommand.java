package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/**
 * A program to run, as configured.
 *
 * @param text the command as it would be shown, quotes of the configuration removed
 * @param words the program and its arguments
 * @param user the user it runs as, if named
 * @param group the group it runs as, if named
 */
public record ScriptCommand(
    String text,
    List<String> words,
    Optional<String> user,
    Optional<String> group,
    SourceSpan span) {
  public ScriptCommand {
    words = List.copyOf(words);
  }
}
