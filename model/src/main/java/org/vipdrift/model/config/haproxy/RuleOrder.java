package org.vipdrift.model.config.haproxy;

import java.util.List;

/** Warns of rules that stand after others that are evaluated later, or never reached. */
final class RuleOrder {
  private static final List<String> SEQUENCE =
      List.of(
          "tcp-request connection",
          "tcp-request session",
          "tcp-request content",
          "monitor fail",
          "http-request",
          "redirect",
          "use_backend",
          "use-server");

  private final Reading reading;
  private final ProxyDraft proxy;

  RuleOrder(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  /** Looks at a line before it is read. */
  void check(Line line) {
    String rule =
        line.is(0, "tcp-request") || line.is(0, "monitor")
            ? line.text(0) + " " + line.text(1)
            : line.text(0);
    int at = SEQUENCE.indexOf(rule);
    for (int i = at + 1; at >= 0 && i < SEQUENCE.size(); i++) {
      if (has(i)) {
        reading.log.warning(
            "rule-order",
            "\""
                + rule
                + "\" rules are processed before \""
                + SEQUENCE.get(i)
                + "\" rules, though this one stands after one",
            line.span(),
            "move it up");
        return;
      }
    }
  }

  private boolean has(int rule) {
    return switch (rule) {
      case 1 -> !proxy.rules.tcpRequestSession.isEmpty();
      case 2 -> !proxy.rules.tcpRequestContent.isEmpty();
      case 3 -> !proxy.monitorFail.isEmpty();
      case 4 -> !proxy.rules.httpRequest.isEmpty();
      case 5 -> !proxy.rules.redirects.isEmpty();
      case 6 -> !proxy.backendRules.isEmpty();
      case 7 -> !proxy.serverRules.isEmpty();
      default -> false;
    };
  }
}
