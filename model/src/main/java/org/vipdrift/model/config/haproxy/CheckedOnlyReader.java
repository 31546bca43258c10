package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Suggestions;

/** Reads {@code program} and {@code fcgi-app} sections, of which nothing is kept. */
final class CheckedOnlyReader implements SmallSection {
  private static final List<String> PROGRAM = List.of("command", "user", "group", "option");
  private static final List<String> FCGI =
      List.of(
          "docroot",
          "index",
          "path-info",
          "log-stderr",
          "pass-header",
          "set-param",
          "option",
          "acl");

  private final Reading reading;
  private final Line first;
  private final ProxyDraft scope;
  private boolean command;
  private boolean root;

  CheckedOnlyReader(Reading reading, Line line) {
    this.reading = reading;
    this.first = line;
    this.scope = new ProxyDraft(ProxyDraft.Kind.BACKEND, line.text(1), line.span());
  }

  @Override
  public void line(Line line) {
    boolean program = first.is(0, "program");
    Line plain = line.is(0, "no") ? line.from(1) : line;
    if (!(program ? PROGRAM : FCGI).contains(plain.text(0))) {
      SmallSection.unknown(reading, plain, first.text(0), program ? PROGRAM : FCGI);
      return;
    }
    if (plain.is(0, "acl")) {
      new CommonReader(reading, scope).read(plain);
      return;
    }
    if (plain.is(0, "log-stderr")) {
      if (!plain.is(1, "global")) {
        new LogReader(reading).target(plain);
      }
      return;
    }
    if (plain.is(0, "set-param") && !plain.has(2)) {
      reading.missing(plain, 2, "a name and a value");
      return;
    }
    if (!plain.has(1)) {
      reading.missing(plain, 1, "an argument");
      return;
    }
    command |= plain.is(0, "command");
    root |= plain.is(0, "docroot");
    if (plain.is(0, "option")) {
      List<String> options =
          program
              ? List.of("start-on-reload")
              : List.of("get-values", "keep-conn", "max-reqs", "mpxs-conns");
      if (!options.contains(plain.text(1))) {
        reading.log.error(
            "unknown-option",
            "unknown option \"" + plain.text(1) + "\"",
            plain.span(1),
            Suggestions.didYouMean(plain.text(1), options));
      }
    }
    Optional<String> problem =
        plain.is(0, "path-info") ? Expressions.problem(plain.text(1)) : Optional.empty();
    problem.ifPresent(p -> reading.log.error("bad-expression", p, plain.span(1)));
  }

  @Override
  public void end() {
    if (first.is(0, "program") && !reading.global.masterWorker) {
      reading.log.error(
          "needs-master-worker",
          "a program needs master-worker mode",
          first.span(),
          Optional.of("add \"master-worker\" to the global section"));
    }
    if (first.is(0, "program") && !command) {
      reading.log.error("missing-command", "the program has no command", first.span());
    }
    if (first.is(0, "fcgi-app") && !root) {
      reading.log.error("missing-docroot", "the application has no docroot", first.span());
    }
  }
}
