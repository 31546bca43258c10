package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.nginx.RewriteStep;
import org.vipdrift.model.nginx.RewriteStep.Condition;
import org.vipdrift.model.nginx.RewriteStep.Flag;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.WebLocation;

/** Reads the rewrite module's directives of one block. */
final class RewriteReader {
  /** Variables that {@code set} may not take. */
  private static final List<String> FIXED =
      List.of(
          "host",
          "remote_addr",
          "uri",
          "request_uri",
          "scheme",
          "server_name",
          "server_port",
          "server_addr",
          "status",
          "request",
          "request_method",
          "remote_port",
          "http_host",
          "request_filename",
          "query_string",
          "document_uri",
          "document_root",
          "is_args");

  private final ProblemLog log;
  private final Templates templates;

  /** Makes the location of an {@code if} from its block. */
  @FunctionalInterface
  interface Inner {
    WebLocation read(NginxStatement block, Scope scope);
  }

  RewriteReader(ProblemLog log, Templates templates) {
    this.log = log;
    this.templates = templates;
  }

  List<RewriteStep> read(List<NginxStatement> block, Scope scope, Inner inner) {
    List<RewriteStep> steps = new ArrayList<>();
    for (NginxStatement line : block) {
      switch (line.name()) {
        case "set" -> set(line).ifPresent(steps::add);
        case "return" -> giveBack(line).ifPresent(steps::add);
        case "rewrite" -> rewrite(line).ifPresent(steps::add);
        case "break" -> steps.add(new RewriteStep.Break());
        case "if" ->
            condition(line)
                .ifPresent(
                    condition -> {
                      WebLocation inside = inner.read(line, scope.inside(line.body()));
                      steps.add(new RewriteStep.When(condition, inside.steps(), inside));
                    });
        default -> {
          // Not a directive of this module.
        }
      }
    }
    return steps;
  }

  private Optional<RewriteStep> set(NginxStatement line) {
    String name = line.argument(1);
    if (!name.startsWith("$") || name.length() < 2) {
      return error(line, 1, "invalid-variable", "invalid variable name \"" + name + "\"");
    }
    String bare = name.substring(1);
    if (FIXED.contains(bare)) {
      return error(line, 1, "duplicate-variable", "the duplicate \"" + bare + "\" variable");
    }
    templates.define(bare);
    return Optional.of(new RewriteStep.SetVariable(bare, templates.read(line.words().get(2))));
  }

  private Optional<RewriteStep> giveBack(NginxStatement line) {
    String first = line.argument(1);
    Optional<Integer> status = Values.integer(first).filter(n -> n <= 999);
    if (status.isPresent()) {
      return Optional.of(
          new RewriteStep.Return(
              status.get(),
              line.count() == 2
                  ? Optional.of(templates.read(line.words().get(2)))
                  : Optional.empty()));
    }
    boolean url =
        first.startsWith("http://") || first.startsWith("https://") || first.startsWith("$scheme");
    if (!url || line.count() == 2) {
      return error(line, 1, "invalid-return", "invalid return code \"" + first + "\"");
    }
    return Optional.of(
        new RewriteStep.Return(302, Optional.of(templates.read(line.words().get(1)))));
  }

  private Optional<RewriteStep> rewrite(NginxStatement line) {
    Optional<String> pattern =
        Patterns.read(line.argument(1), line.words().get(1).span(), templates, log);
    Template replacement = templates.read(line.words().get(2));
    String url = line.argument(2);
    boolean redirects =
        url.startsWith("http://") || url.startsWith("https://") || url.startsWith("$scheme");
    Flag flag = redirects ? Flag.REDIRECT : Flag.NONE;
    if (line.count() == 3) {
      switch (line.argument(3)) {
        case "last" -> flag = Flag.LAST;
        case "break" -> flag = Flag.BREAK;
        case "redirect" -> flag = Flag.REDIRECT;
        case "permanent" -> flag = Flag.PERMANENT;
        default -> {
          return error(
              line, 3, "invalid-parameter", "invalid parameter \"" + line.argument(3) + "\"");
        }
      }
    }
    Flag chosen = flag;
    return pattern.map(p -> new RewriteStep.Rewrite(p, replacement, chosen));
  }

  private Optional<Condition> condition(NginxStatement line) {
    List<NginxWord> words = unwrapped(line);
    if (words.isEmpty()) {
      return error(line, 1, "invalid-condition", "invalid condition \"" + line.argument(1) + "\"");
    }
    String first = words.getFirst().text();
    if (first.length() > 1 && first.startsWith("$")) {
      Template value = templates.read(words.getFirst());
      if (words.size() == 1) {
        return Optional.of(new Condition.IsSet(value));
      }
      if (words.size() == 3) {
        return comparison(line, value, words.get(1), words.get(2));
      }
    }
    if (words.size() == 2 && first.matches("!?-[fdex]")) {
      boolean negated = first.startsWith("!");
      char kind = first.charAt(first.length() - 1);
      return Optional.of(
          new Condition.Exists(
              templates.read(words.get(1)), kind != 'd', kind == 'd' || kind == 'e', negated));
    }
    return error(line, 1, "invalid-condition", "invalid condition \"" + first + "\"");
  }

  private Optional<Condition> comparison(
      NginxStatement line, Template value, NginxWord operator, NginxWord right) {
    return switch (operator.text()) {
      case "=", "!=" ->
          Optional.of(
              new Condition.IsEqual(value, templates.read(right), operator.text().startsWith("!")));
      case "~", "~*", "!~", "!~*" ->
          Patterns.read(right.text(), right.span(), templates, log)
              .map(
                  pattern ->
                      new Condition.Matches(
                          value,
                          pattern,
                          operator.text().endsWith("*"),
                          operator.text().startsWith("!")));
      default -> {
        log.error(
            "invalid-condition",
            "unexpected \"" + operator.text() + "\" in condition",
            operator.span());
        yield Optional.empty();
      }
    };
  }

  /** The words between the parentheses, which may stick to the first and last of them. */
  private static List<NginxWord> unwrapped(NginxStatement line) {
    List<NginxWord> words = new ArrayList<>(line.words().subList(1, line.words().size()));
    if (!words.getFirst().text().startsWith("(") || !words.getLast().text().endsWith(")")) {
      return List.of();
    }
    words.set(0, trimmed(words.getFirst(), 1, 0));
    words.set(words.size() - 1, trimmed(words.getLast(), 0, 1));
    if (words.getFirst().text().isEmpty()) {
      words.removeFirst();
    }
    if (!words.isEmpty() && words.getLast().text().isEmpty() && !words.getLast().quoted()) {
      words.removeLast();
    }
    return words;
  }

  private static NginxWord trimmed(NginxWord word, int start, int end) {
    String text = word.text();
    return new NginxWord(
        text.substring(Math.min(start, text.length()), Math.max(start, text.length() - end)),
        false,
        word.span());
  }

  private <T> Optional<T> error(NginxStatement line, int index, String code, String message) {
    log.error(code, message, line.words().get(index).span());
    return Optional.empty();
  }
}
