package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.SampleExpression;

/** Reads fetches with their converters. */
final class SampleParser {
  private final Reading reading;
  private final ProxyDraft proxy;
  private final SampleCatalogue catalogue = SampleCatalogue.instance();

  /**
   * What was read.
   *
   * @param nextWord the index of the first word that does not belong to the expression
   * @param end within an embedded text, the index after the expression
   */
  record Parsed(
      SampleExpression expression,
      SampleType type,
      SampleCatalogue.Fetch fetch,
      int nextWord,
      int end) {}

  SampleParser(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  static boolean isNameCharacter(char c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '.'
        || c == '_'
        || c == '-'
        || c == '+'
        || c == ':';
  }

  /** An expression that begins with a word and may go on in the next ones. */
  Optional<Parsed> words(Line line, int index, Place place) {
    if (!line.has(index)) {
      error("missing-fetch", "\"" + line.text(0) + "\" expects a fetch method", line.span(index));
      return Optional.empty();
    }
    Optional<Parsed> parsed = new Walk(line, index, line.text(index), 0, false).run();
    parsed.ifPresent(p -> checkPlace(p, place, line.span(index)));
    return parsed;
  }

  /** The expression of an ACL, wherever it may be used. */
  Optional<Parsed> aclWords(Line line) {
    return new Walk(line, 0, line.text(0), 0, false).run();
  }

  /** An expression within a text, ended by a bracket. */
  Optional<Parsed> embedded(String text, int from, SourceSpan span) {
    Line line = new Line(List.of(new Word(text, span)), span);
    return new Walk(line, 0, text, from, true).run();
  }

  void checkPlace(Parsed parsed, Place place, SourceSpan span) {
    if (!place.allows(parsed.fetch())) {
      error(
          "sample-not-available",
          "\"" + parsed.fetch().name() + "\" takes information that is not available here",
          span);
    }
    noteModelled(parsed, span);
  }

  void noteModelled(Parsed parsed, SourceSpan span) {
    if (!parsed.fetch().modelled()) {
      reading.notModelled(parsed.fetch().name(), span);
    }
    for (SampleExpression.Converter converter : parsed.expression().converters()) {
      if (!catalogue.converter(converter.name()).map(c -> c.modelled()).orElse(true)) {
        reading.notModelled(converter.name(), span);
      }
    }
  }

  private void error(String code, String message, SourceSpan span) {
    reading.log.error(code, message, span);
  }

  /** One pass over an expression. */
  private final class Walk {
    private final Line line;
    private final boolean embedded;
    private int word;
    private String text;
    private int at;
    private boolean failed;

    Walk(Line line, int word, String text, int from, boolean embedded) {
      this.line = line;
      this.word = word;
      this.text = text;
      this.at = from;
      this.embedded = embedded;
    }

    private SourceSpan span() {
      return line.span(word);
    }

    private String name() {
      int from = at;
      while (at < text.length() && isNameCharacter(text.charAt(at))) {
        at++;
      }
      return text.substring(from, at);
    }

    private void fail(String code, String message, Optional<String> suggestion) {
      failed = true;
      reading.log.error(code, message, span(), suggestion);
    }

    Optional<Parsed> run() {
      String name = name();
      Optional<SampleCatalogue.Fetch> fetch = catalogue.fetch(name);
      if (fetch.isEmpty()) {
        fail(
            "unknown-fetch",
            name.isEmpty() ? "a fetch method is missing" : "unknown fetch method \"" + name + "\"",
            Suggestions.didYouMean(name, catalogue.fetchNames()));
        return Optional.empty();
      }
      List<String> arguments = arguments(name, fetch.get().arguments());
      if (!failed) {
        SampleArguments.checkFetch(name, arguments).ifPresent(m -> fail("bad-argument", m, none()));
      }
      return failed ? Optional.empty() : converters(fetch.get(), arguments, fetch.get().type());
    }

    private Optional<String> none() {
      return Optional.empty();
    }

    Optional<Parsed> converters(
        SampleCatalogue.Fetch fetch, List<String> fetchArguments, SampleType first) {
      SampleType type = first;
      List<SampleExpression.Converter> converters = new ArrayList<>();
      while (true) {
        if (at < text.length() && text.charAt(at) != ',') {
          if (embedded) {
            break;
          }
          fail("missing-comma", "a comma is missing at \"" + text.substring(at) + "\"", none());
          return Optional.empty();
        }
        int before = at;
        while (at < text.length() && text.charAt(at) == ',') {
          at++;
        }
        boolean newWord = at >= text.length();
        if (newWord) {
          if (embedded) {
            break;
          }
          word++;
          text = line.text(word);
          at = 0;
          if (text.isEmpty()) {
            break;
          }
        } else if (embedded && before == at) {
          break;
        }
        int nameStart = at;
        String name = name();
        Optional<SampleCatalogue.Converter> converter = catalogue.converter(name);
        if (converter.isEmpty()) {
          if (newWord) {
            at = nameStart;
            break;
          }
          fail(
              "unknown-converter",
              "unknown converter \"" + name + "\"",
              Suggestions.didYouMean(name, catalogue.converterNames()));
          return Optional.empty();
        }
        if (!type.convertsTo(converter.get().in())) {
          fail("type-mismatch", "converter \"" + name + "\" cannot be applied here", none());
          return Optional.empty();
        }
        List<String> arguments = arguments(name, converter.get().arguments());
        if (!failed) {
          SampleArguments.checkConverter(name, arguments)
              .or(() -> mapFile(name, arguments))
              .ifPresent(m -> fail("bad-argument", m, none()));
        }
        if (failed) {
          return Optional.empty();
        }
        type = converter.get().out() == SampleType.ANY ? type : converter.get().out();
        converters.add(new SampleExpression.Converter(name, arguments));
        if (newWord && at >= text.length()) {
          continue;
        }
      }
      return Optional.of(
          new Parsed(
              new SampleExpression(fetch.name(), fetchArguments, converters),
              type,
              fetch,
              word,
              at));
    }

    private Optional<String> mapFile(String name, List<String> arguments) {
      boolean map = name.equals("map") || name.startsWith("map_");
      return map && !arguments.isEmpty() && reading.files.read(arguments.getFirst()).isEmpty()
          ? Optional.of("cannot read the map " + arguments.getFirst())
          : Optional.empty();
    }

    List<String> arguments(String owner, List<SampleCatalogue.Argument> signature) {
      if (at >= text.length() || text.charAt(at) != '(') {
        boolean needed = !signature.isEmpty() && !signature.getFirst().optional();
        if (needed && !isImplicit(signature.getFirst().type())) {
          fail("missing-argument", "\"" + owner + "\" expects arguments in parentheses", none());
        } else if (needed && proxy.kind != ProxyDraft.Kind.DEFAULTS) {
          References.argument(reading, proxy, signature.getFirst().type(), proxy.name, span());
        }
        return List.of();
      }
      ArgumentSplitter splitter = new ArgumentSplitter(text, at + 1);
      List<String> arguments = splitter.split();
      at = splitter.end();
      if (at >= text.length()) {
        fail("missing-parenthesis", "\"" + owner + "\" expects a closing parenthesis", none());
        return List.of();
      }
      at++;
      if (arguments.size() == 1 && arguments.getFirst().isEmpty()) {
        arguments = List.of();
      }
      if (arguments.size() > signature.size()) {
        fail(
            "too-many-arguments",
            "\"" + owner + "\" takes at most " + signature.size() + " arguments",
            none());
        return arguments;
      }
      for (int i = 0; i < signature.size() && !failed; i++) {
        if (i < arguments.size()) {
          argument(owner, signature.get(i), arguments.get(i), i + 1);
        } else if (!signature.get(i).optional() && !isImplicit(signature.get(i).type())) {
          fail("missing-argument", "\"" + owner + "\" expects " + (i + 1) + " arguments", none());
        }
      }
      return arguments;
    }

    private boolean isImplicit(String type) {
      return List.of("table", "backend", "frontend").contains(type);
    }

    private void argument(
        String owner, SampleCatalogue.Argument argument, String value, int position) {
      SampleArguments.check(argument.type(), value)
          .ifPresent(
              message ->
                  fail(
                      "bad-argument",
                      "argument " + position + " of \"" + owner + "\": " + message,
                      none()));
      if (!failed && !value.isEmpty()) {
        References.argument(reading, proxy, argument.type(), value, span());
      }
    }
  }

  /** The arguments and converters that follow an ACL keyword in its word. */
  Optional<Parsed> aclKeyword(Line line, int index, SampleCatalogue.Fetch fetch, int nameLength) {
    Walk walk = new Walk(line, index, line.text(index), nameLength, true);
    List<String> arguments = walk.arguments(fetch.name(), fetch.arguments());
    if (!walk.failed) {
      SampleArguments.checkFetch(fetch.name(), arguments)
          .ifPresent(m -> walk.fail("bad-argument", m, Optional.empty()));
    }
    if (walk.failed) {
      return Optional.empty();
    }
    Optional<Parsed> parsed = walk.converters(fetch, arguments, fetch.type());
    if (parsed.isPresent() && parsed.get().end() < line.text(index).length()) {
      error(
          "missing-comma", "a comma is missing in \"" + line.text(index) + "\"", line.span(index));
      return Optional.empty();
    }
    return parsed;
  }
}
