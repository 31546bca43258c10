package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.AclPattern;
import org.vipdrift.model.haproxy.settings.AclTest;
import org.vipdrift.model.haproxy.settings.IntegerRange;
import org.vipdrift.model.haproxy.settings.MatchMethod;
import org.vipdrift.model.haproxy.settings.UserList;

/** Reads what follows an ACL's expression: flags and patterns. */
final class AclPatterns {
  private final Reading reading;
  private final Line line;
  private final SampleParser.Parsed sample;
  private int at;
  private Optional<MatchMethod> method;
  private boolean ignoreCase;
  private boolean needsPatterns = true;
  private final List<Integer> fileWords = new ArrayList<>();
  private boolean mapFile;
  private String operator = "eq";
  private final List<AclPattern> patterns = new ArrayList<>();

  AclPatterns(
      Reading reading,
      Line line,
      int from,
      SampleParser.Parsed sample,
      Optional<MatchMethod> method) {
    this.reading = reading;
    this.line = line;
    this.at = from;
    this.sample = sample;
    this.method = method;
  }

  Optional<AclParser.Parsed> read(Map<String, MatchMethod> methods) {
    if (!flags(methods)) {
      return Optional.empty();
    }
    MatchMethod resolved = method.or(this::byType).orElse(null);
    if (resolved == null) {
      return failWith(
          "missing-match",
          "\"" + sample.fetch().name() + "\" needs a matching method",
          0,
          "name one with -m");
    }
    for (int word : fileWords) {
      if (!file(line.text(word), line.span(word), resolved, mapFile)) {
        return Optional.empty();
      }
    }
    return patterns(resolved);
  }

  /** Reads what stands before the patterns; false after a problem, which is reported. */
  private boolean flags(Map<String, MatchMethod> methods) {
    while (line.text(at).startsWith("-")) {
      String flag = line.text(at);
      if (flag.equals("--")) {
        needsPatterns = false;
        at++;
        break;
      }
      switch (flag) {
        case "-i" -> ignoreCase = true;
        case "-n" -> {
          // Names are never resolved here.
        }
        case "-M" -> mapFile = true;
        case "-u" -> {
          at++;
          if (Numbers.whole(line.text(at)).isEmpty()) {
            return wrong("bad-number", "\"-u\" expects a number", at);
          }
        }
        case "-f" -> {
          at++;
          if (!line.has(at)) {
            return wrong("missing-argument", "\"-f\" expects a file name", at);
          }
          fileWords.add(at);
        }
        case "-m" -> {
          at++;
          if (!fileWords.isEmpty()) {
            return wrong("misplaced-flag", "\"-m\" must stand before \"-f\"", at - 1);
          }
          MatchMethod wanted = methods.get(line.text(at));
          if (wanted == null) {
            reading.log.error(
                "unknown-match",
                "unknown matching method \"" + line.text(at) + "\"",
                line.span(at),
                Suggestions.didYouMean(line.text(at), methods.keySet()));
            return false;
          }
          method = Optional.of(wanted);
        }
        default -> {
          failWith(
              "unknown-flag",
              "\"" + flag + "\" is not an ACL option",
              at,
              "write -- before a pattern that begins with a dash");
          return false;
        }
      }
      at++;
    }
    return true;
  }

  private boolean wrong(String code, String message, int word) {
    reading.log.error(code, message, line.span(word));
    return false;
  }

  private Optional<AclParser.Parsed> fail(String code, String message, int word) {
    reading.log.error(code, message, line.span(word));
    return Optional.empty();
  }

  private Optional<AclParser.Parsed> failWith(
      String code, String message, int word, String suggestion) {
    reading.log.error(code, message, line.span(word), Optional.of(suggestion));
    return Optional.empty();
  }

  private Optional<MatchMethod> byType() {
    return switch (sample.type()) {
      case BOOL -> Optional.of(MatchMethod.BOOLEAN);
      case SINT -> Optional.of(MatchMethod.INTEGER);
      case ADDR, IPV4, IPV6 -> Optional.of(MatchMethod.IP);
      case STR, METH -> Optional.of(MatchMethod.STRING);
      case BIN, ANY -> Optional.empty();
    };
  }

  private boolean file(String path, SourceSpan span, MatchMethod match, boolean map) {
    Optional<String> text = reading.files.read(path);
    if (text.isEmpty()) {
      reading.log.error("unreadable-file", "cannot read the pattern file " + path, span);
      return false;
    }
    for (String raw : text.get().split("\n")) {
      String entry = raw.strip();
      if (entry.isEmpty() || entry.startsWith("#")) {
        continue;
      }
      String key = map ? entry.split("\\s+", 2)[0] : entry;
      Optional<String> problem = pattern(key, match);
      if (problem.isPresent()) {
        reading.log.error("bad-pattern", problem.get() + " in " + path, span);
        return false;
      }
    }
    return true;
  }

  private Optional<AclParser.Parsed> patterns(MatchMethod match) {
    boolean numeric = match == MatchMethod.INTEGER || match == MatchMethod.LENGTH;
    int first = at;
    for (; line.has(at); at++) {
      String text = line.text(at);
      if (numeric && List.of("eq", "gt", "ge", "lt", "le").contains(text)) {
        operator = text;
        continue;
      }
      Optional<String> problem = pattern(text, match);
      if (problem.isPresent()) {
        return fail("bad-pattern", problem.get(), at);
      }
    }
    if (needsPatterns
        && first == at
        && fileWords.isEmpty()
        && !ignoreCase
        && match != MatchMethod.FOUND
        && match != MatchMethod.BOOLEAN) {
      reading.log.warning(
          "no-pattern",
          "the ACL \"" + line.text(0) + "\" has no pattern and never matches",
          line.span(),
          "write -m found to ask only whether it exists");
    }
    if (sample.fetch().name().equals("http_auth_group")) {
      int start = first;
      reading.afterwards(() -> groups(start));
    }
    return Optional.of(
        new AclParser.Parsed(
            new AclTest(sample.expression(), match, ignoreCase, patterns), sample.fetch()));
  }

  private void groups(int first) {
    String name = sample.expression().arguments().getFirst();
    UserList list = reading.sections.userLists.get(name);
    if (list == null) {
      return;
    }
    Set<String> known = reading.sections.groups(name);
    for (int i = first; line.has(i); i++) {
      if (!known.contains(line.text(i))) {
        reading.log.error(
            "unknown-group",
            "there is no group \"" + line.text(i) + "\" in \"" + name + "\"",
            line.span(i),
            Suggestions.didYouMean(line.text(i), known));
      }
    }
  }

  /** Adds a pattern; what is wrong with it, if anything. */
  private Optional<String> pattern(String text, MatchMethod match) {
    switch (match) {
      case FOUND, BOOLEAN -> {
        return Optional.empty();
      }
      case INTEGER, LENGTH -> {
        Optional<IntegerRange> range = AclNumbers.range(text, operator, isVersion());
        range.ifPresent(r -> patterns.add(new AclPattern.Number(r)));
        return range.isPresent()
            ? Optional.empty()
            : Optional.of("\"" + text + "\" is not a number or range");
      }
      case IP -> {
        Optional<IpPrefix> prefix = Addresses.network(text);
        prefix.ifPresent(p -> patterns.add(new AclPattern.Network(p)));
        return prefix.isPresent()
            ? Optional.empty()
            : Optional.of("\"" + text + "\" is not an IPv4 or IPv6 address");
      }
      case BINARY -> {
        if (text.length() % 2 != 0 || !text.matches("[0-9a-fA-F]*")) {
          return Optional.of("\"" + text + "\" is not an even number of hexadecimal digits");
        }
        patterns.add(new AclPattern.Binary(Octets.ofHex(text)));
        return Optional.empty();
      }
      case EXPRESSION -> {
        Optional<String> problem = Expressions.problem(text);
        if (problem.isEmpty()) {
          patterns.add(new AclPattern.Expression(text));
        }
        return problem;
      }
      case STRING, SUBSTRING, SUBDIRECTORY, DOMAIN, END, BEGINNING -> {
        patterns.add(new AclPattern.Text(text));
        return Optional.empty();
      }
    }
    throw new IllegalStateException("unreachable");
  }

  private boolean isVersion() {
    return sample.fetch().name().endsWith("ssl_ver");
  }
}
