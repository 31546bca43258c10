package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/**
 * {@code if} or {@code unless}: true if any alternative's terms all hold, turned round by {@code
 * unless}.
 */
public record Condition(boolean unless, List<List<Term>> alternatives) {
  /**
   * @param name of the ACL, absent for an anonymous one
   * @param tests the ACL's lines: one that holds is enough
   */
  public record Term(boolean negated, Optional<String> name, List<AclTest> tests) {
    public Term {
      tests = List.copyOf(tests);
    }
  }

  public Condition {
    alternatives = alternatives.stream().map(List::copyOf).toList();
  }
}
