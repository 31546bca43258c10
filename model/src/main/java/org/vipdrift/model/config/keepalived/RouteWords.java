package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;

/** The words of a route or rule, read one after the other. */
final class RouteWords {
  private final List<Word> words;
  private final Values values;
  private final Interfaces interfaces;
  private int at;

  RouteWords(Statement line, Values values, Interfaces interfaces) {
    this.words = line.words();
    this.values = values;
    this.interfaces = interfaces;
  }

  boolean more() {
    return at < words.size();
  }

  Word next() {
    return words.get(at++);
  }

  String peek() {
    return words.get(at).text();
  }

  private Optional<Word> value(Word option) {
    if (more()) {
      return Optional.of(next());
    }
    warn("value-missing", option.text() + " has no value", option);
    return Optional.empty();
  }

  Optional<IpAddress> address(Word option) {
    Optional<Word> value = value(option);
    Optional<IpAddress> address = value.flatMap(w -> IpAddress.parse(w.text()));
    if (value.isPresent() && address.isEmpty()) {
      warn("invalid-address", "'" + value.get().text() + "' is not an IP address", value.get());
    }
    return address;
  }

  Optional<IpPrefix> prefixOf(Word option) {
    Optional<Word> value = value(option);
    Optional<IpPrefix> prefix = value.flatMap(this::prefix);
    if (value.isPresent() && prefix.isEmpty() && !isAny(value.get())) {
      warn("invalid-address", "'" + value.get().text() + "' is not a network", value.get());
    }
    return prefix;
  }

  private static boolean isAny(Word word) {
    return word.text().equals("all") || word.text().equals("any") || word.text().equals("default");
  }

  Optional<IpPrefix> prefix(Word word) {
    return IpPrefix.parse(word.text())
        .map(p -> new IpPrefix(p.address().mask(p.length()), p.length()));
  }

  /** 0.0.0.0/0 or ::/0. */
  IpPrefix all(IpFamily family) {
    return switch (family) {
      case IPV4 -> new IpPrefix(new IpAddress.V4(0), 0);
      case IPV6 -> new IpPrefix(new IpAddress.V6(0, 0), 0);
    };
  }

  Optional<String> device(Word option) {
    Optional<Word> value = value(option);
    value.filter(w -> !interfaces.exists(w.text())).ifPresent(this::missing);
    return value.map(Word::text);
  }

  private void missing(Word word) {
    warn("interface-missing-here", "interface " + word.text() + " does not exist", word);
  }

  OptionalInt number(Word option, long low, long high) {
    Optional<Word> value = value(option);
    return value.isEmpty()
        ? OptionalInt.empty()
        : values.number(option.text(), value.get(), low, high);
  }

  /** A number, or a name that every system has; others are in files of the machine. */
  OptionalInt table(Word option) {
    Optional<Word> value = value(option);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    return switch (value.get().text()) {
      case "main" -> OptionalInt.of(254);
      case "default" -> OptionalInt.of(253);
      case "local" -> OptionalInt.of(255);
      default -> {
        boolean number = Numbers.isWhole(value.get().text());
        if (!number) {
          warn(
              "invalid-value",
              "routing table '" + value.get().text() + "' is not known; it is left out",
              value.get());
        }
        yield number
            ? values.number(option.text(), value.get(), 0, Integer.MAX_VALUE)
            : OptionalInt.empty();
      }
    };
  }

  OptionalInt protocol(Word option) {
    Optional<Word> value = value(option);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    return switch (value.get().text()) {
      case "kernel" -> OptionalInt.of(2);
      case "boot" -> OptionalInt.of(3);
      case "static" -> OptionalInt.of(4);
      case "bird" -> OptionalInt.of(12);
      case "keepalived" -> OptionalInt.of(18);
      default -> values.number(option.text(), value.get(), 0, 255);
    };
  }

  OptionalInt scope(Word option) {
    Optional<Word> value = value(option);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    return switch (value.get().text()) {
      case "global" -> OptionalInt.of(0);
      case "site" -> OptionalInt.of(200);
      case "link" -> OptionalInt.of(253);
      case "host" -> OptionalInt.of(254);
      case "nowhere" -> OptionalInt.of(255);
      default -> values.number(option.text(), value.get(), 0, 255);
    };
  }

  /** Two numbers with a separator between them; the second may be missing. */
  Optional<String[]> pair(Word option, String separator) {
    return value(option).map(w -> w.text().split(separator, 2));
  }

  void unknown(Word word) {
    warn("unknown-option", "'" + word.text() + "' is not known here; the line is left out", word);
  }

  /** Skips an option with its value that has no effect here. */
  void notUsed(Word option) {
    value(option);
    values
        .log()
        .note("not-modelled", "'" + option.text() + "' is accepted, not modelled", option.span());
  }

  private void warn(String code, String message, Word word) {
    values.log().warning(code, message, word.span());
  }
}
