package org.vipdrift.model.nginx;

import java.util.List;
import java.util.Optional;

/** A directive of the rewrite module. */
public sealed interface RewriteStep {
  /** {@code set}. */
  record SetVariable(String name, Template value) implements RewriteStep {}

  /**
   * {@code return}.
   *
   * @param text the body, or where a redirect leads
   */
  record Return(int status, Optional<Template> text) implements RewriteStep {}

  /** {@code rewrite}. */
  record Rewrite(String pattern, Template replacement, Flag flag) implements RewriteStep {}

  /** What follows a rewrite. */
  enum Flag {
    NONE,
    LAST,
    BREAK,
    REDIRECT,
    PERMANENT
  }

  /** {@code break}. */
  record Break() implements RewriteStep {}

  /**
   * {@code if}.
   *
   * @param inside what holds from then on
   */
  record When(Condition condition, List<RewriteStep> steps, WebLocation inside)
      implements RewriteStep {
    public When {
      steps = List.copyOf(steps);
    }
  }

  /** What an {@code if} asks. */
  sealed interface Condition {
    /** A variable that is neither empty nor 0. */
    record IsSet(Template value) implements Condition {}

    /** {@code =} and {@code !=}. */
    record IsEqual(Template left, Template right, boolean negated) implements Condition {}

    /** {@code ~}, {@code ~*}, and both with {@code !}. */
    record Matches(Template value, String pattern, boolean caseless, boolean negated)
        implements Condition {}

    /**
     * {@code -f}, {@code -d}, {@code -e}, {@code -x}.
     *
     * @param directories whether a folder will do, and whether a file will
     */
    record Exists(Template path, boolean files, boolean directories, boolean negated)
        implements Condition {}
  }
}
