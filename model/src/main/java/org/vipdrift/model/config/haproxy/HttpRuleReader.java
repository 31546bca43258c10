package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.HttpAction;
import org.vipdrift.model.haproxy.settings.HttpRule;
import org.vipdrift.model.haproxy.settings.RedirectRule;
import org.vipdrift.model.haproxy.settings.SharedAction;

/** Reads {@code http-request}, {@code http-response}, {@code http-after-response} and redirects. */
final class HttpRuleReader {
  private final Reading reading;
  private final ProxyDraft proxy;

  HttpRuleReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    String set = line.text(0);
    if (set.equals("redirect")) {
      redirect(line);
      return;
    }
    Place place = set.equals("http-request") ? Place.HTTP_REQUEST : Place.HTTP_RESPONSE;
    Optional<HttpRule> rule = rule(line, 1, set, place);
    if (rule.isEmpty()) {
      return;
    }
    List<HttpRule> rules =
        switch (set) {
          case "http-request" -> proxy.rules.httpRequest;
          case "http-response" -> proxy.rules.httpResponse;
          default -> proxy.rules.httpAfterResponse;
        };
    if (!rules.isEmpty() && isFinal(rules.getLast())) {
      reading.log.warning(
          "unreachable-rule",
          "the rule before is final and has no condition, so this one is never reached",
          line.span());
    }
    rules.add(rule.get());
    reading.afterwards(() -> needsHttp(set, line.span()));
  }

  private static boolean isFinal(HttpRule rule) {
    return rule.condition().isEmpty()
        && (rule.action() instanceof HttpAction.Allow
            || rule.action() instanceof HttpAction.Deny
            || rule.action() instanceof HttpAction.Tarpit
            || rule.action() instanceof HttpAction.Return
            || rule.action() instanceof HttpAction.RedirectTo
            || rule.action() instanceof HttpAction.Authenticate
            || rule.action() instanceof SharedAction.Reject
            || rule.action() instanceof SharedAction.SilentDrop
            || rule.action() instanceof SharedAction.UseService);
  }

  private void needsHttp(String set, SourceSpan span) {
    if (proxy.kind != ProxyDraft.Kind.DEFAULTS && !proxy.isHttp()) {
      reading.log.warning("needs-http", set + " rules are ignored outside of mode http", span);
    }
  }

  private void redirect(Line line) {
    Optional<RedirectReader.Taken> taken =
        new RedirectReader(reading, proxy).read(line, 1, Place.HTTP_REQUEST);
    if (taken.isEmpty()) {
      return;
    }
    ConditionParser.Parsed condition =
        new ConditionParser(reading, proxy)
            .optional(line, taken.get().next(), "redirect", Place.HTTP_REQUEST);
    if (condition.right()) {
      proxy.rules.redirects.add(
          new RedirectRule(taken.get().redirect(), condition.condition(), line.span()));
      reading.afterwards(() -> needsHttp("redirect", line.span()));
    }
  }

  /** A rule whose action begins at a word. */
  Optional<HttpRule> rule(Line line, int index, String set, Place place) {
    Optional<KeywordCatalogue.Keyword> keyword = ActionNames.find(reading, set, line.text(index));
    if (keyword.isEmpty()) {
      reading.log.error(
          "unknown-action",
          line.has(index)
              ? "\"" + set + "\" does not know the action \"" + line.text(index) + "\""
              : "\"" + set + "\" expects an action",
          line.span(index),
          Suggestions.didYouMean(line.text(index), reading.keywords.of(set)));
      return Optional.empty();
    }
    reading.noteUnlessModelled(set, keyword.get().name(), line.span(index));
    Optional<Taken<HttpAction>> taken =
        new HttpActionReader(reading, proxy, set, place).read(line, index, keyword.get().name());
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    ConditionParser.Parsed condition =
        new ConditionParser(reading, proxy)
            .optional(line, taken.get().next(), set + " " + line.text(index), place);
    return condition.right()
        ? Optional.of(new HttpRule(taken.get().value(), condition.condition(), line.span()))
        : Optional.empty();
  }
}
