package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;

/** Global keywords with argument rules of their own and no effect on the model. */
final class GlobalOddities {
  private GlobalOddities() {}

  static void check(Reading reading, Line line) {
    switch (line.text(0)) {
      case "default-path" -> defaultPath(reading, line);
      case "thread-group" -> {
        boolean right = line.has(1);
        for (int i = 2; line.has(i); i++) {
          right &= CpuMap.range(line.text(i), 1, 64);
        }
        if (!right) {
          reading.log.error("bad-number", "thread-group expects threads from 1 to 64", line.span());
        }
      }
      case "tune.ssl.capture-cipherlist-size" ->
          reading.log.warning(
              "deprecated",
              "\"tune.ssl.capture-cipherlist-size\" is deprecated",
              line.span(),
              "use tune.ssl.capture-buffer-size");
      case "h1-case-adjust" -> {
        if (!reading.atMost(line, 2)) {
          return;
        }
        if (!line.has(2) || !line.text(1).equalsIgnoreCase(line.text(2))) {
          reading.log.error(
              "bad-argument", "h1-case-adjust expects a name twice, in two cases", line.span());
        }
      }
      case "unix-bind" -> unixBind(reading, line);
      case "ssl-load-extra-files" -> {
        boolean right = line.has(1);
        for (int i = 1; line.has(i); i++) {
          right &=
              List.of("none", "all", "bundle", "sctl", "ocsp", "issuer", "key")
                  .contains(line.text(i));
        }
        if (!right) {
          reading.log.error(
              "bad-choice",
              "ssl-load-extra-files expects none, all, bundle, sctl, ocsp, issuer or key",
              line.span());
        }
      }
      case "tune.idletimer" -> {
        if (line.has(1)) {
          reading
              .time(line, 1, "tune.idletimer")
              .filter(t -> t.toMillis() > 65_535)
              .ifPresent(
                  t ->
                      reading.log.error(
                          "time-overflow", "tune.idletimer is at most 65535 ms", line.span(1)));
        } else {
          reading.missing(line, 1, "a time");
        }
      }
      case "httpclient.resolvers.id" ->
          reading.afterwards(
              () -> {
                if (!reading.sections.has("resolvers", line.text(1))) {
                  reading.log.error(
                      "unknown-section",
                      "there is no resolvers section \"" + line.text(1) + "\"",
                      line.span(1));
                }
              });
      default -> {
        // Nothing to keep.
      }
    }
  }

  private static void defaultPath(Reading reading, Line line) {
    if (!List.of("current", "config", "parent", "origin").contains(line.text(1))) {
      reading.log.error(
          "bad-choice", "default-path expects current, config, parent or origin", line.span(1));
    } else if (line.is(1, "origin") && !line.has(2)) {
      reading.missing(line, 2, "a directory after \"origin\"");
    }
  }

  private static void unixBind(Reading reading, Line line) {
    for (int i = 1; line.has(i); i += 2) {
      boolean known =
          List.of("prefix", "mode", "uid", "gid", "user", "group").contains(line.text(i));
      Optional<List<String>> names =
          line.is(i, "user")
              ? reading.options.users()
              : line.is(i, "group") ? reading.options.groups() : Optional.empty();
      String value = line.text(i + 1);
      if (!known) {
        reading.log.error(
            "unknown-keyword",
            "unix-bind knows prefix, mode, uid, gid, user and group",
            line.span(i));
        return;
      }
      if (names.isPresent() && !names.get().contains(value)) {
        reading.log.error(
            "unknown-account", "there is no " + line.text(i) + " \"" + value + "\"", line.span(i));
        return;
      }
    }
  }
}
