package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vipdrift.model.config.Suggestions;

/** Holds every directive against the catalogue: is it known, allowed here, rightly formed. */
final class DirectiveChecks {
  /** Directives of several arguments that may stand only once in a block. */
  private static final List<String> ONCE =
      List.of(
          "try_files",
          "internal",
          "gzip_buffers",
          "proxy_buffers",
          "output_buffers",
          "large_client_header_buffers",
          "open_file_cache",
          "expires");

  private final ProblemLog log;

  DirectiveChecks(ProblemLog log) {
    this.log = log;
  }

  /** What nginx would take of a block; the rest is reported and left out. */
  List<NginxStatement> check(List<NginxStatement> statements, Context context) {
    List<NginxStatement> sound = new ArrayList<>(statements.size());
    Set<String> seen = new LinkedHashSet<>();
    for (NginxStatement statement : statements) {
      if (context == Context.DATA) {
        sound.add(statement);
      } else if (isSound(statement, context, seen)) {
        Context inner = context.inside(statement.name());
        sound.add(
            new NginxStatement(
                statement.words(), statement.block().map(body -> check(body, inner))));
      }
    }
    return sound;
  }

  private boolean isSound(NginxStatement statement, Context context, Set<String> seen) {
    String name = statement.name();
    List<Directive> forms = DirectiveCatalogue.named(name);
    if (forms.isEmpty()) {
      log.error(
          "unknown-directive",
          "unknown directive \"" + name + "\"",
          statement.words().getFirst().span(),
          Suggestions.didYouMean(name, DirectiveCatalogue.namesIn(context)));
      return false;
    }
    List<Directive> here = forms.stream().filter(form -> form.isAllowedIn(context)).toList();
    if (here.isEmpty()) {
      log.error(
          "directive-not-allowed",
          "\"" + name + "\" directive is not allowed here",
          statement.words().getFirst().span());
      return false;
    }
    Directive form = here.getFirst();
    if (!hasRightShape(statement, form)) {
      return false;
    }
    if ((!form.repeatable() || ONCE.contains(name)) && !seen.add(name)) {
      log.error("duplicate-directive", "\"" + name + "\" directive is duplicate", statement.span());
      return false;
    }
    if (!DirectiveCatalogue.isAccountedFor(name)) {
      log.note(
          "accepted-not-modelled",
          "\"" + name + "\" is accepted but has no effect in the simulation",
          statement.span());
    }
    return hasRightValue(statement, form);
  }

  private boolean hasRightShape(NginxStatement statement, Directive form) {
    String name = statement.name();
    if (form.block() != statement.block().isPresent()) {
      log.error(
          "wrong-end",
          form.block()
              ? "directive \"" + name + "\" has no opening \"{\""
              : "directive \"" + name + "\" is not terminated by \";\"",
          statement.span());
      return false;
    }
    if (statement.count() < form.least() || statement.count() > form.most()) {
      log.error(
          "number-of-arguments",
          "invalid number of arguments in \"" + name + "\" directive",
          statement.span());
      return false;
    }
    return true;
  }

  private boolean hasRightValue(NginxStatement statement, Directive form) {
    String name = statement.name();
    if (form.flag()) {
      String value = statement.argument(1).toLowerCase(Locale.ROOT);
      if (!value.equals("on") && !value.equals("off")) {
        log.error(
            "invalid-flag",
            "invalid value \""
                + statement.argument(1)
                + "\" in \""
                + name
                + "\" directive, it must be \"on\" or \"off\"",
            statement.words().get(1).span());
        return false;
      }
      return true;
    }
    if (form.kind().equals("any")) {
      return ValueChecks.check(statement, log);
    }
    String value = statement.argument(1);
    boolean right =
        switch (form.kind()) {
          case "time" -> Values.time(value).isPresent();
          case "seconds" -> Values.seconds(value).isPresent();
          case "number" ->
              Values.number(value).isPresent()
                  || name.equals("worker_processes") && value.equals("auto");
          case "positive" -> Values.number(value).filter(n -> n > 0).isPresent();
          case "size" -> Values.size(value, false).isPresent();
          case "offset" -> Values.size(value, true).isPresent();
          default -> Arrays.asList(form.kind().split("/")).contains(value);
        };
    if (!right) {
      log.error(
          "invalid-value",
          "\"" + name + "\" directive invalid value \"" + value + "\"",
          statement.words().get(1).span());
    }
    return right;
  }
}
