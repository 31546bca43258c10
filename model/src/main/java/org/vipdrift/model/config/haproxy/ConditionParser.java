package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.Condition;

/** Reads {@code if} and {@code unless} with what follows. */
final class ConditionParser {
  private final Reading reading;
  private final ProxyDraft proxy;

  ConditionParser(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  /** What was read: whether it was right, and the condition if there is one. */
  record Parsed(boolean right, Optional<Condition> condition) {}

  /** A condition, or nothing, from a word to the end of the line. */
  Parsed optional(Line line, int index, String what, Place place) {
    if (!line.has(index)) {
      return new Parsed(true, Optional.empty());
    }
    if (!line.is(index, "if") && !line.is(index, "unless")) {
      reading.log.error(
          "unexpected-word",
          "\""
              + what
              + "\" expects \"if\" or \"unless\" and a condition, not \""
              + line.text(index)
              + "\"",
          line.span(index));
      return new Parsed(false, Optional.empty());
    }
    Optional<Condition> condition = read(line, index, place);
    return new Parsed(condition.isPresent(), condition);
  }

  /** A condition that must be there. */
  Optional<Condition> required(Line line, int index, String what, Place place) {
    if (!line.is(index, "if") && !line.is(index, "unless")) {
      reading.log.error(
          "missing-condition",
          "\"" + what + "\" requires \"if\" or \"unless\" followed by a condition",
          line.span(index));
      return Optional.empty();
    }
    return read(line, index, place);
  }

  private Optional<Condition> read(Line line, int index, Place place) {
    List<List<Condition.Term>> alternatives = new ArrayList<>();
    List<Condition.Term> terms = new ArrayList<>();
    boolean negated = false;
    for (int i = index + 1; line.has(i); i++) {
      String word = line.text(i);
      while (word.startsWith("!")) {
        negated = !negated;
        word = word.substring(1);
      }
      if (word.isEmpty()) {
        continue;
      }
      if (word.equalsIgnoreCase("or") || word.equals("||")) {
        alternatives.add(terms);
        terms = new ArrayList<>();
        negated = false;
        continue;
      }
      Optional<Condition.Term> term;
      if (word.equals("{")) {
        int end = i + 1;
        while (line.has(end) && !line.is(end, "}")) {
          end++;
        }
        if (!line.has(end)) {
          reading.log.error("missing-brace", "the closing } is missing", line.span(i));
          return Optional.empty();
        }
        term = anonymous(line, i, end, negated, place);
        i = end;
      } else {
        term = named(word, line.span(i), negated, place);
      }
      if (term.isEmpty()) {
        return Optional.empty();
      }
      terms.add(term.get());
      negated = false;
    }
    if (!terms.isEmpty() || alternatives.isEmpty()) {
      alternatives.add(terms);
    }
    return Optional.of(new Condition(line.is(index, "unless"), alternatives));
  }

  private Optional<Condition.Term> anonymous(
      Line line, int open, int close, boolean negated, Place place) {
    if (close == open + 1) {
      reading.log.error("missing-fetch", "nothing stands between the braces", line.span(open));
      return Optional.empty();
    }
    List<Word> words = line.words().subList(open + 1, close);
    Line inner = new Line(words, words.getFirst().span().to(words.getLast().span()));
    return new AclParser(reading, proxy)
        .parse(inner)
        .map(
            parsed -> {
              warnPlace(parsed, "anonymous ACL", inner.span(), place);
              return new Condition.Term(negated, Optional.empty(), List.of(parsed.test()));
            });
  }

  private Optional<Condition.Term> named(
      String name, SourceSpan span, boolean negated, Place place) {
    List<AclParser.Parsed> lines = proxy.acls.getOrDefault(name, List.of());
    if (lines.isEmpty()) {
      lines = PredefinedAcls.find(name, reading, proxy, span);
    }
    if (lines.isEmpty()) {
      List<String> known = new ArrayList<>(proxy.acls.keySet());
      known.addAll(PredefinedAcls.NAMES.keySet());
      reading.log.error(
          "unknown-acl",
          "no such ACL: \"" + name + "\"",
          span,
          Suggestions.didYouMean(name, known));
      return Optional.empty();
    }
    lines.forEach(parsed -> warnPlace(parsed, "ACL \"" + name + "\"", span, place));
    return Optional.of(
        new Condition.Term(
            negated, Optional.of(name), lines.stream().map(AclParser.Parsed::test).toList()));
  }

  /** Contents below HTTP are not there to look at in mode http. */
  private void warnContents(AclParser.Parsed parsed, SourceSpan span) {
    String fetch = parsed.fetch().name();
    boolean contents =
        fetch.startsWith("req.ssl_")
            || fetch.startsWith("req_ssl_")
            || fetch.contains("payload")
            || fetch.contains("rdp_cookie")
            || fetch.equals("req.len")
            || fetch.equals("req_len");
    if (contents && proxy.kind != ProxyDraft.Kind.DEFAULTS) {
      reading.afterwards(
          () -> {
            if (proxy.isHttp()) {
              reading.log.warning(
                  "contents-in-http",
                  "\"" + fetch + "\" is ignored, because \"" + proxy.name + "\" is in mode http",
                  span);
            }
          });
    }
  }

  private void warnPlace(AclParser.Parsed parsed, String what, SourceSpan span, Place place) {
    warnContents(parsed, span);
    if (!place.allows(parsed.fetch())) {
      reading.log.warning(
          "acl-never-matches",
          what
              + " will never match here, because \""
              + parsed.fetch().name()
              + "\" is not available",
          span);
    }
  }
}
