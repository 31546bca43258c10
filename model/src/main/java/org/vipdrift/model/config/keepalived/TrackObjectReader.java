package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code track_file} and {@code vrrp_track_process} blocks. */
final class TrackObjectReader {
  private final Values values;

  TrackObjectReader(Values values) {
    this.values = values;
  }

  Optional<TrackFile> file(Statement block) {
    if (block.parameters() == 0) {
      return Optional.empty();
    }
    Optional<String> path = Optional.empty();
    Weight weight = new Weight(1, false);
    OptionalInt initial = OptionalInt.empty();
    boolean overwrite = false;
    for (Statement s : block.block()) {
      switch (s.keyword()) {
        case "file" -> path = Values.word(s, 1).map(Word::text);
        case "weight" -> weight = Weight.read(s, values, 254).orElse(weight);
        case "init_file" -> {
          initial = OptionalInt.of(0);
          for (Word word : s.words().subList(1, s.words().size())) {
            if (Numbers.whole(word.text()).isPresent()) {
              initial = values.number("init_file", word, Integer.MIN_VALUE, Integer.MAX_VALUE);
            } else if (word.text().equals("overwrite")) {
              overwrite = true;
            } else {
              unknown("init_file", word);
            }
          }
        }
        default -> throw new IllegalArgumentException(s.keyword());
      }
    }
    String name = block.word(1).text();
    if (path.isEmpty()) {
      values
          .log()
          .warning(
              "file-without-path",
              "track_file " + name + " has no file; it is ignored",
              block.span());
      return Optional.empty();
    }
    return Optional.of(
        new TrackFile(
            name, path.get(), weight.value(), weight.reverse(), initial, overwrite, block.span()));
  }

  private void unknown(String what, Word word) {
    values
        .log()
        .warning(
            "unknown-option", "unknown " + what + " option '" + word.text() + "'", word.span());
  }

  Optional<TrackProcess> process(Statement block) {
    if (block.parameters() == 0) {
      return Optional.empty();
    }
    Optional<List<String>> process = Optional.empty();
    Optional<TrackProcess.ParameterMatch> match = Optional.empty();
    Weight weight = new Weight(1, false);
    int quorum = 1;
    OptionalInt maximum = OptionalInt.empty();
    Duration fork = Duration.ZERO;
    Duration terminate = Duration.ZERO;
    boolean full = false;
    for (Statement s : block.block()) {
      switch (s.keyword()) {
        case "process" -> process = Optional.of(s.texts()).filter(t -> !t.isEmpty());
        case "param_match" -> match = match(s);
        case "weight" -> weight = Weight.read(s, values, 254).orElse(weight);
        case "quorum" -> quorum = values.number(s, 1, 65_535).orElse(quorum);
        case "quorum_max" -> maximum = values.number(s, 0, 65_535);
        case "fork_delay" -> fork = delay(s).orElse(fork);
        case "terminate_delay" -> terminate = delay(s).orElse(terminate);
        case "delay" -> {
          Optional<Duration> both = delay(s);
          fork = both.orElse(fork);
          terminate = both.orElse(terminate);
        }
        case "full_command" -> full = true;
        default -> throw new IllegalArgumentException(s.keyword());
      }
    }
    String name = block.word(1).text();
    if (process.isEmpty()) {
      values
          .log()
          .warning(
              "process-without-name",
              "vrrp_track_process " + name + " names no process; it is ignored",
              block.span());
      return Optional.empty();
    }
    if (maximum.isPresent() && maximum.getAsInt() > 0 && maximum.getAsInt() < quorum) {
      values
          .log()
          .warning(
              "value-out-of-range", "quorum_max is less than quorum; it is ignored", block.span());
      maximum = OptionalInt.empty();
    }
    List<String> words = process.get();
    return Optional.of(
        new TrackProcess(
            name,
            words.getFirst(),
            words.subList(1, words.size()),
            match,
            weight.value(),
            weight.reverse(),
            quorum,
            maximum,
            fork,
            terminate,
            full,
            block.span()));
  }

  private Optional<Duration> delay(Statement s) {
    return values.seconds(s, "0.000001", "3600");
  }

  private Optional<TrackProcess.ParameterMatch> match(Statement s) {
    Optional<Word> word = Values.word(s, 1);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    return switch (word.get().text()) {
      case "initial" -> Optional.of(TrackProcess.ParameterMatch.INITIAL);
      case "partial" -> Optional.of(TrackProcess.ParameterMatch.PARTIAL);
      default -> {
        unknown("param_match", word.get());
        yield Optional.empty();
      }
    };
  }
}
