package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A {@code weight VALUE [reverse]}. */
record Weight(int value, boolean reverse) {
  /** The weight of a {@code weight} statement; empty and reported if there is none. */
  static Optional<Weight> read(Statement s, Values values, int most) {
    if (s.parameters() == 0) {
      values.log().warning("value-missing", "weight needs a value; it is ignored", s.span());
      return Optional.empty();
    }
    OptionalInt value = values.number(s, -most, most);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    boolean reverse = s.parameters() > 1 && s.word(2).text().equals("reverse");
    if (s.parameters() > 1 && !reverse) {
      values
          .log()
          .warning(
              "unknown-option",
              "unknown weight option '" + s.word(2).text() + "'",
              s.word(2).span());
    }
    return Optional.of(new Weight(value.getAsInt(), reverse));
  }

  /** The weight in a line of a {@code track_*} block, from the word {@code weight} on. */
  static Optional<Weight> inLine(
      Statement line, Values values, int most, boolean defaultReverse, List<String> options) {
    String name = line.keyword();
    if (line.parameters() < 2) {
      values
          .log()
          .warning(
              "value-missing", "weight of " + name + " has no value; it is ignored", line.span());
      return Optional.empty();
    }
    Word word = line.word(2);
    OptionalInt value = values.number("weight of " + name, word, -254, 254);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (Math.abs(value.getAsInt()) > most) {
      values
          .log()
          .warning(
              "value-out-of-range", "weight of " + name + " is cut to +/-" + most, word.span());
    }
    boolean reverse = defaultReverse;
    if (line.parameters() > 2) {
      Word option = line.word(3);
      if (option.text().equals("reverse")) {
        reverse = true;
      } else if (options.contains(option.text())) {
        reverse = false;
      } else {
        values
            .log()
            .warning(
                "unknown-option", "unknown weight option '" + option.text() + "'", option.span());
      }
    }
    return Optional.of(new Weight(Math.max(-most, Math.min(most, value.getAsInt())), reverse));
  }
}
