package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** What a check's answer must (or must not) contain. */
public sealed interface CheckExpectation {
  record Text(String text) implements CheckExpectation {}

  record TextFormat(LogFormat text) implements CheckExpectation {}

  record Expression(String regex) implements CheckExpectation {}

  record Binary(Octets data) implements CheckExpectation {}

  record BinaryFormat(LogFormat data) implements CheckExpectation {}

  /** A regular expression over the hexadecimal form. */
  record BinaryExpression(String regex) implements CheckExpectation {}

  /** {@code status 200,301-302}. */
  record Status(List<IntegerRange> ranges) implements CheckExpectation {
    public Status {
      ranges = List.copyOf(ranges);
    }
  }

  record StatusExpression(String regex) implements CheckExpectation {}

  /**
   * {@code hdr}/{@code fhdr}.
   *
   * @param value absent: the header must exist
   * @param full whether the whole value counts, commas included
   */
  record Header(
      MatchMethod nameMatch,
      LogFormat name,
      MatchMethod valueMatch,
      Optional<LogFormat> value,
      boolean full)
      implements CheckExpectation {}
}
