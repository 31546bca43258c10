package org.vipdrift.model.config.haproxy;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.AclTest;
import org.vipdrift.model.haproxy.settings.MatchMethod;

/** Reads ACLs, named or within braces. */
final class AclParser {
  private static final Map<String, MatchMethod> METHODS = methods();

  private final Reading reading;
  private final ProxyDraft proxy;
  private final SampleCatalogue catalogue = SampleCatalogue.instance();

  private static Map<String, MatchMethod> methods() {
    Map<String, MatchMethod> methods = new TreeMap<>();
    methods.put("found", MatchMethod.FOUND);
    methods.put("bool", MatchMethod.BOOLEAN);
    methods.put("int", MatchMethod.INTEGER);
    methods.put("ip", MatchMethod.IP);
    methods.put("bin", MatchMethod.BINARY);
    methods.put("len", MatchMethod.LENGTH);
    methods.put("str", MatchMethod.STRING);
    methods.put("beg", MatchMethod.BEGINNING);
    methods.put("sub", MatchMethod.SUBSTRING);
    methods.put("dir", MatchMethod.SUBDIRECTORY);
    methods.put("dom", MatchMethod.DOMAIN);
    methods.put("end", MatchMethod.END);
    methods.put("reg", MatchMethod.EXPRESSION);
    methods.put("method", MatchMethod.STRING);
    return Collections.unmodifiableMap(methods);
  }

  AclParser(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  /**
   * An ACL with what is needed to judge where it is used.
   *
   * @param fetch whose places count
   */
  record Parsed(AclTest test, SampleCatalogue.Fetch fetch) {}

  /**
   * @param line the words of the expression only
   */
  Optional<Parsed> parse(Line line) {
    String word = line.text(0);
    int nameLength = 0;
    while (nameLength < word.length() && SampleParser.isNameCharacter(word.charAt(nameLength))) {
      nameLength++;
    }
    String name = word.substring(0, nameLength);
    Optional<SampleCatalogue.AclKeyword> keyword = catalogue.aclKeyword(name);
    SampleParser samples = new SampleParser(reading, proxy);
    Optional<SampleParser.Parsed> sample;
    int next;
    Optional<MatchMethod> method = Optional.empty();
    if (keyword.isPresent()) {
      SampleCatalogue.Fetch fetch = catalogue.fetch(keyword.get().fetch()).orElseThrow();
      sample = samples.aclKeyword(line, 0, fetch, nameLength);
      next = 1;
      if (sample.isPresent() && sample.get().expression().converters().isEmpty()
          || name.contains("_") && !keyword.get().match().equals("str")) {
        method = Optional.ofNullable(METHODS.get(keyword.get().match()));
      }
    } else {
      if (catalogue.fetch(name).isEmpty()) {
        reading.log.error(
            "unknown-fetch",
            name.isEmpty() ? "a fetch method is missing" : "unknown fetch method \"" + name + "\"",
            line.span(0),
            Suggestions.didYouMean(name, catalogue.aclNames()));
        return Optional.empty();
      }
      Optional<SampleParser.Parsed> parsed = acl(samples, line);
      sample = parsed;
      next = parsed.map(SampleParser.Parsed::nextWord).orElse(1);
    }
    if (sample.isEmpty()) {
      return Optional.empty();
    }
    samples.noteModelled(sample.get(), line.span(0));
    return new AclPatterns(reading, line, next, sample.get(), method).read(METHODS);
  }

  private Optional<SampleParser.Parsed> acl(SampleParser samples, Line line) {
    return samples.aclWords(line);
  }
}
