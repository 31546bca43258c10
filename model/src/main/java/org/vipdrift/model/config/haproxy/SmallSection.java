package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;

/** A section that is neither global nor a proxy. */
interface SmallSection {
  void line(Line line);

  /** Called when the section is over. */
  void end();

  /** Opens a section by its first line. */
  static SmallSection open(Reading reading, Line line) {
    String kind = line.text(0);
    if (!line.has(1)) {
      reading.log.error("missing-argument", "\"" + kind + "\" expects a name", line.span(0));
    }
    if (!kind.equals("program")) {
      Names.check(reading, line, 1, kind + " section");
    }
    if (!List.of("resolvers", "mailers", "http-errors", "ring").contains(kind)) {
      reading.atMost(line, 1);
    }
    Optional<SourceSpan> before = reading.sections.add(kind, line.text(1), line.span());
    if (before.isPresent() && line.has(1)) {
      String message =
          "there is a section \""
              + kind
              + " "
              + line.text(1)
              + "\" at "
              + before.get()
              + " already";
      if (kind.equals("userlist")) {
        reading.log.warning("duplicate-section", message + "; this one is ignored", line.span());
      } else {
        reading.log.error("duplicate-section", message, line.span());
      }
    }
    return switch (kind) {
      case "userlist" -> new UserListReader(reading, line);
      case "peers" -> new PeersReader(reading, line);
      case "resolvers" -> new ResolversReader(reading, line);
      case "mailers" -> new MailersReader(reading, line);
      case "cache" -> new CacheReader(reading, line);
      case "http-errors" -> new HttpErrorsReader(reading, line);
      case "ring" -> new RingReader(reading, line);
      case "log-forward" -> new LogForwardReader(reading, line);
      default -> new CheckedOnlyReader(reading, line);
    };
  }

  /** Reports a keyword the section does not have. */
  static void unknown(Reading reading, Line line, String kind, List<String> known) {
    reading.log.error(
        "unknown-keyword",
        "unknown keyword \"" + line.text(0) + "\" in a " + kind + " section",
        line.span(0),
        Suggestions.didYouMean(line.text(0), known));
  }
}
