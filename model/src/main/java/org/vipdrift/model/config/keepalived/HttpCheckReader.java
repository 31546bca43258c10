package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vipdrift.model.checker.Check;

/** Reads what is special to {@code HTTP_GET} and {@code SSL_GET}. */
final class HttpCheckReader {
  private static final int DIGEST_LENGTH = 32;

  private final Values values;

  HttpCheckReader(Values values) {
    this.values = values;
  }

  Optional<Check> read(Statement block, CheckerDraft draft) {
    Check.Protocol protocol = Check.Protocol.HTTP_1_0;
    boolean fastRecovery = false;
    boolean indication = false;
    Optional<String> virtualHost = Optional.empty();
    List<Check.Url> urls = new ArrayList<>();
    for (Statement s : block.block()) {
      switch (s.keyword()) {
        case "http_protocol" -> protocol = protocol(s).orElse(protocol);
        case "fast_recovery" -> fastRecovery = values.flag(s).orElse(fastRecovery);
        case "enable_sni" -> indication = values.flag(s).orElse(indication);
        case "virtualhost" -> virtualHost = virtualHost(s);
        case "nb_get_retry" -> retries(s, draft);
        case "url" -> url(s).ifPresent(urls::add);
        default -> {}
      }
    }
    if (urls.isEmpty()) {
      values
          .log()
          .error(
              "url-missing",
              block.keyword() + " without a url that has a path makes keepalived 2.2.7 crash",
              block.span());
      return Optional.empty();
    }
    return Optional.of(
        new Check.Http(
            block.keyword().equals("SSL_GET"),
            indication,
            protocol,
            fastRecovery,
            virtualHost,
            urls));
  }

  private void retries(Statement s, CheckerDraft draft) {
    values
        .log()
        .warning(
            "deprecated",
            "nb_get_retry is deprecated",
            s.span(),
            Optional.of("write retry instead"));
    OptionalInt number = values.number(s, 0, Integer.MAX_VALUE);
    if (number.isPresent()) {
      draft.times.retries = OptionalLong.of(number.getAsInt());
    }
  }

  private Optional<Check.Protocol> protocol(Statement s) {
    if (s.parameters() == 0) {
      values.log().warning("value-missing", "http_protocol needs a version", s.span());
      return Optional.empty();
    }
    return switch (s.word(1).text().toUpperCase(Locale.ROOT)) {
      case "1.0" -> Optional.of(Check.Protocol.HTTP_1_0);
      case "1.0C" -> Optional.of(Check.Protocol.HTTP_1_0_CLOSE);
      case "1.1" -> Optional.of(Check.Protocol.HTTP_1_1);
      default -> {
        values
            .log()
            .warning("invalid-value", "http_protocol wants 1.0, 1.0C or 1.1", s.word(1).span());
        yield Optional.empty();
      }
    };
  }

  Optional<String> virtualHost(Statement s) {
    if (s.parameters() == 0) {
      values.log().warning("value-missing", "virtualhost needs a name; it is ignored", s.span());
    }
    return Values.word(s, 1).map(Word::text);
  }

  private Optional<Check.Url> url(Statement block) {
    Optional<String> path = Optional.empty();
    Optional<String> virtualHost = Optional.empty();
    Optional<String> digest = Optional.empty();
    List<Check.StatusRange> statuses = new ArrayList<>();
    Optional<String> pattern = Optional.empty();
    boolean forbidden = false;
    boolean caseless = false;
    for (Statement s : block.block()) {
      switch (s.keyword()) {
        case "path" -> path = Values.word(s, 1).map(Word::text);
        case "virtualhost" -> virtualHost = virtualHost(s);
        case "digest" -> digest = digest(s);
        case "status_code" ->
            s.words().stream().skip(1).forEach(w -> status(w).ifPresent(statuses::add));
        case "regex" -> pattern = Values.word(s, 1).map(Word::text);
        case "regex_no_match" -> forbidden = true;
        case "regex_options" -> caseless = s.texts().contains("caseless");
        default -> {}
      }
    }
    if (statuses.isEmpty()) {
      statuses.add(Check.StatusRange.SUCCESS);
    }
    Optional<String> host = virtualHost;
    Optional<String> sum = digest;
    Optional<String> searched = pattern;
    boolean forbids = forbidden;
    boolean ignoresCase = caseless;
    return path.map(p -> new Check.Url(p, host, sum, statuses, searched, forbids, ignoresCase));
  }

  private Optional<String> digest(Statement s) {
    Optional<Word> word = Values.word(s, 1);
    boolean valid = word.isPresent() && word.get().text().matches("[0-9A-Fa-f]{32}");
    if (!valid) {
      values
          .log()
          .warning(
              "invalid-value",
              "a digest has " + DIGEST_LENGTH + " hexadecimal digits; it is ignored",
              s.span());
    }
    return word.filter(_ -> valid).map(w -> w.text().toLowerCase(Locale.ROOT));
  }

  private Optional<Check.StatusRange> status(Word word) {
    String text = word.text();
    int dash = text.indexOf('-');
    String first = dash < 0 ? text : text.substring(0, dash);
    String last = dash < 0 ? text : text.substring(dash + 1);
    if (first.matches("[1-5][0-9][0-9]") && last.matches("[1-5][0-9][0-9]")) {
      int from = Integer.parseInt(first);
      int to = Integer.parseInt(last);
      if (from <= to) {
        return Optional.of(new Check.StatusRange(from, to));
      }
    }
    values
        .log()
        .warning("invalid-value", "'" + text + "' is no status code; it is ignored", word.span());
    return Optional.empty();
  }
}
