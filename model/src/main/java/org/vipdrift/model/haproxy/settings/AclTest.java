package org.vipdrift.model.haproxy.settings;

import java.util.List;

/**
 * One {@code acl} line, or an anonymous one: true if any pattern matches any value of the sample.
 *
 * @param patterns with those of {@code -f} files, in order; empty for {@link MatchMethod#FOUND} and
 *     where the sample alone is the answer
 */
public record AclTest(
    SampleExpression sample, MatchMethod method, boolean ignoreCase, List<AclPattern> patterns) {
  public AclTest {
    patterns = List.copyOf(patterns);
  }
}
