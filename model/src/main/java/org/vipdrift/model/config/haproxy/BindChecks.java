package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Checks values of single bind options. */
final class BindChecks {
  private BindChecks() {}

  static Optional<String> problem(Reading reading, String word, String value) {
    return switch (word) {
      case "id" -> positive(value);
      case "maxconn", "backlog" ->
          Numbers.intPrefix(value) < 0 ? Optional.of("the value is negative") : Optional.empty();
      case "nice" -> range(value, -1024, 1024);
      case "accept-netscaler-cip" -> positive(value);
      case "mss" ->
          Numbers.intPrefix(value) == 0 || Math.abs(Numbers.prefix(value)) > 65_535
              ? Optional.of("a number from 1 to 65535 is expected")
              : Optional.empty();
      case "tcp-ut" ->
          Numbers.time(value, Duration.ofMillis(1)) instanceof Numbers.Time.Value
              ? Optional.empty()
              : Optional.of("a delay is expected");
      case "level" -> choice(value, List.of("user", "operator", "admin"));
      case "severity-output" -> choice(value, List.of("none", "number", "string"));
      case "expose-fd" -> choice(value, List.of("listeners"));
      case "verify" -> choice(value, List.of("none", "optional", "required"));
      case "proto" -> choice(value, List.of("h1", "h2", "none", "fcgi"));
      case "shards" -> value.equals("by-thread") ? Optional.empty() : range(value, 1, 64);
      case "mode" ->
          value.matches("0*[0-7]{1,4}")
              ? Optional.empty()
              : Optional.of("an octal mode is expected");
      case "user" -> known(reading.options.users(), value);
      case "group" -> known(reading.options.groups(), value);
      case "thread", "process" -> threads(value, word.equals("thread"));
      case "ca-file", "ca-verify-file", "crl-file", "tls-ticket-keys", "ca-sign-file" ->
          file(reading, word, value);
      case "crt-ignore-err", "ca-ignore-err" -> errors(value);
      case "namespace" -> Optional.of("there is no network namespace \"" + value + "\" here");
      default -> Optional.empty();
    };
  }

  private static Optional<String> positive(String value) {
    return Numbers.prefix(value) > 0
        ? Optional.empty()
        : Optional.of("a number above 0 is expected");
  }

  private static Optional<String> range(String value, int least, int most) {
    long number = Numbers.prefix(value);
    return number < least || number > most
        ? Optional.of("a number from " + least + " to " + most + " is expected")
        : Optional.empty();
  }

  static Optional<String> choice(String value, List<String> choices) {
    return choices.contains(value)
        ? Optional.empty()
        : Optional.of(
            "one of " + String.join(", ", choices) + " is expected, not \"" + value + "\"");
  }

  private static Optional<String> known(Optional<List<String>> names, String value) {
    return names.isPresent() && !names.get().contains(value)
        ? Optional.of("\"" + value + "\" is unknown here")
        : Optional.empty();
  }

  private static Optional<String> threads(String value, boolean thread) {
    for (String part : value.split(thread ? "," : "/", -1)) {
      String one = thread ? part.substring(part.indexOf('/') + 1) : part;
      if (!List.of("all", "odd", "even").contains(one) && !CpuMap.range(one, 1, 64)) {
        return Optional.of("\"" + part + "\" is not a number from 1 to 64 or a range");
      }
    }
    return Optional.empty();
  }

  static Optional<String> file(Reading reading, String word, String value) {
    boolean authority = !word.equals("tls-ticket-keys");
    String base = reading.global.caBase.orElse("");
    String path =
        authority && !value.startsWith("/") && !value.startsWith("@") && !base.isEmpty()
            ? base + "/" + value
            : value;
    boolean there =
        word.startsWith("ca-") && value.equals("@system-ca")
            || reading.files.read(path).isPresent();
    return there ? Optional.empty() : Optional.of("cannot read " + path);
  }

  private static Optional<String> errors(String value) {
    if (value.equals("all")) {
      return Optional.empty();
    }
    for (String part : value.split(",")) {
      long number = Numbers.prefix(part);
      if (number < 1 || number > 94) {
        return Optional.of("\"" + part + "\" is not an error number from 1 to 94");
      }
    }
    return Optional.empty();
  }
}
