package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vipdrift.model.frame.IpAddress;

/** Reads the parameters of statements and complains where keepalived does. */
final class Values {
  /** The most seconds keepalived counts in a 32-bit number of microseconds. */
  static final int MOST_SECONDS = 4294;

  private final ProblemLog log;

  Values(ProblemLog log) {
    this.log = log;
  }

  ProblemLog log() {
    return log;
  }

  /** The word at an index, if there. */
  static Optional<Word> word(Statement statement, int index) {
    return index < statement.words().size() ? Optional.of(statement.word(index)) : Optional.empty();
  }

  /** The first parameter as a whole number in a range; empty and reported if it is not. */
  OptionalInt number(Statement statement, long low, long high) {
    Optional<Word> word = word(statement, 1);
    return word.isEmpty()
        ? OptionalInt.empty()
        : number(statement.keyword(), word.get(), low, high);
  }

  OptionalInt number(String keyword, Word word, long low, long high) {
    OptionalLong value = Numbers.whole(word.text());
    if (value.isPresent() && value.getAsLong() >= low && value.getAsLong() <= high) {
      return OptionalInt.of((int) value.getAsLong());
    }
    String want = "a whole number from " + low + " to " + high;
    complain(keyword, word, want);
    return OptionalInt.empty();
  }

  private void complain(String keyword, Word word, String want) {
    String code =
        Numbers.isWhole(word.text()) || Decimal.parse(word.text()).isPresent()
            ? "value-out-of-range"
            : "invalid-value";
    log.warning(
        code,
        keyword + " wants " + want + ", not '" + word.text() + "'; it is ignored",
        word.span());
  }

  /** The first parameter as seconds, fractions allowed down to a microsecond. */
  Optional<Duration> seconds(Statement statement, String low, String high) {
    return word(statement, 1).flatMap(w -> seconds(statement.keyword(), w, low, high));
  }

  Optional<Duration> seconds(String keyword, Word word, String low, String high) {
    Optional<Decimal> value = Decimal.parse(word.text()).filter(v -> v.isBetween(low, high));
    if (value.isEmpty()) {
      complain(keyword, word, "seconds from " + low + " to " + high);
    }
    return value.map(Decimal::toDuration);
  }

  /** The first parameter as whole seconds. */
  Optional<Duration> wholeSeconds(Statement statement) {
    OptionalInt value = number(statement, 0, MOST_SECONDS);
    return value.isPresent() ? Optional.of(Duration.ofSeconds(value.getAsInt())) : Optional.empty();
  }

  /** on, true, yes or nothing: true; off, false, no: false; else empty and reported. */
  Optional<Boolean> flag(Statement statement) {
    if (statement.parameters() == 0) {
      return Optional.of(true);
    }
    Word word = statement.word(1);
    return switch (word.text()) {
      case "on", "true", "yes" -> Optional.of(true);
      case "off", "false", "no" -> Optional.of(false);
      default -> {
        log.warning(
            "invalid-value",
            statement.keyword() + " wants on or off, not '" + word.text() + "'; it is ignored",
            word.span());
        yield Optional.empty();
      }
    };
  }

  Optional<IpAddress> address(Statement statement) {
    Optional<IpAddress> address = word(statement, 1).flatMap(w -> IpAddress.parse(w.text()));
    if (address.isEmpty() && statement.parameters() > 0) {
      log.warning(
          "invalid-address",
          statement.keyword() + " wants an IP address, not '" + statement.word(1).text() + "'",
          statement.word(1).span());
    }
    return address;
  }

  /** A script: one word, quoted if it has arguments, then user and group. */
  Optional<ScriptCommand> script(Statement statement) {
    return word(statement, 1)
        .map(
            w ->
                new ScriptCommand(
                    w.text(),
                    Words.command(w.text()),
                    word(statement, 2).map(Word::text),
                    word(statement, 3).map(Word::text),
                    w.span()));
  }

  /** All words after the keyword as one command, as {@code vrrp_script} takes them. */
  static Optional<ScriptCommand> command(Statement statement) {
    if (statement.parameters() == 0 || statement.word(1).text().isBlank()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    if (statement.parameters() == 1) {
      words.addAll(Words.command(statement.word(1).text()));
    } else {
      words.addAll(statement.texts());
    }
    return Optional.of(
        new ScriptCommand(
            String.join(" ", statement.texts()),
            words,
            Optional.empty(),
            Optional.empty(),
            statement.word(1).span().to(statement.words().getLast().span())));
  }

  /** Points out {@code //} after a value, which keepalived ignores in silence. */
  void extra(Statement statement, int known) {
    if (statement.parameters() > known) {
      Word word = statement.word(known + 1);
      boolean slashes = word.text().startsWith("//");
      log.warning(
          slashes ? "double-slash" : "extra-parameters",
          slashes
              ? "'//' is no comment; keepalived happens to ignore what follows this value"
              : "'" + word.text() + "' and what follows is ignored",
          word.span(),
          slashes ? Optional.of("start the comment with #") : Optional.empty());
    }
  }
}
