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
  private static final Map<String, MatchMethod> METHODS =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.ofEntries(
                  Map.entry("found", MatchMethod.FOUND),
                  Map.entry("bool", MatchMethod.BOOLEAN),
                  Map.entry("int", MatchMethod.INTEGER),
                  Map.entry("ip", MatchMethod.IP),
                  Map.entry("bin", MatchMethod.BINARY),
                  Map.entry("len", MatchMethod.LENGTH),
                  Map.entry("str", MatchMethod.STRING),
                  Map.entry("beg", MatchMethod.BEGINNING),
                  Map.entry("sub", MatchMethod.SUBSTRING),
                  Map.entry("dir", MatchMethod.SUBDIRECTORY),
                  Map.entry("dom", MatchMethod.DOMAIN),
                  Map.entry("end", MatchMethod.END),
                  Map.entry("reg", MatchMethod.EXPRESSION),
                  Map.entry("method", MatchMethod.STRING))));

  private final Reading reading;
  private final ProxyDraft proxy;
  private final SampleCatalogue catalogue = SampleCatalogue.instance();

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
