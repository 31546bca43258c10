package org.vipdrift.model.health;

import java.time.Duration;

/**
 * How a check ended.
 *
 * @param code HTTP status, or 0
 * @param info explanation, may be empty
 */
public record CheckResult(CheckStatus status, int code, String info, Duration duration) {
  public CheckStatus.Verdict verdict() {
    return status.verdict();
  }

  /** As log lines give it: {@code reason: Layer4 connection problem, info: "..."...}. */
  public String reason() {
    StringBuilder text = new StringBuilder("reason: ").append(status.words());
    if (status.hasCode()) {
      text.append(", code: ").append(code);
    }
    if (!info.isEmpty()) {
      text.append(", info: \"").append(info).append('"');
    }
    if (status != CheckStatus.ANALYZE) {
      text.append(", check duration: ").append(duration.toMillis()).append("ms");
    }
    return text.toString();
  }
}
