package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an HTTP rule does. */
public sealed interface HttpAction permits HttpAction.Own, SharedAction {
  /** Actions only HTTP rules have. */
  sealed interface Own extends HttpAction {}

  record Allow() implements Own {}

  record Deny(HttpReply reply) implements Own {}

  /** Deny after {@code timeout tarpit}. */
  record Tarpit(HttpReply reply) implements Own {}

  record Return(HttpReply reply) implements Own {}

  record RedirectTo(Redirect redirect) implements Own {}

  /**
   * @param realm absent: the frontend's name
   */
  record Authenticate(Optional<String> realm) implements Own {}

  record AddHeader(String name, LogFormat value) implements Own {}

  record SetHeader(String name, LogFormat value) implements Own {}

  record DeleteHeader(MatchMethod match, String name) implements Own {}

  /** The whole value is matched. */
  record ReplaceHeader(String name, String regex, LogFormat replacement) implements Own {}

  /** Each part between commas is matched. */
  record ReplaceValue(String name, String regex, LogFormat replacement) implements Own {}

  record SetMethod(LogFormat value) implements Own {}

  record SetPath(LogFormat value) implements Own {}

  record SetPathWithQuery(LogFormat value) implements Own {}

  record SetQuery(LogFormat value) implements Own {}

  record SetUri(LogFormat value) implements Own {}

  record ReplacePath(String regex, LogFormat replacement) implements Own {}

  record ReplacePathWithQuery(String regex, LogFormat replacement) implements Own {}

  record ReplaceUri(String regex, LogFormat replacement) implements Own {}

  record SetStatus(int status, Optional<String> reason) implements Own {}

  record EarlyHint(String name, LogFormat value) implements Own {}

  record NormalizeUri(String normalizer, List<String> options) implements Own {
    public NormalizeUri {
      options = List.copyOf(options);
    }
  }

  record AddAcl(String file, LogFormat key) implements Own {}

  record DeleteAcl(String file, LogFormat key) implements Own {}

  record SetMap(String file, LogFormat key, LogFormat value) implements Own {}

  record DeleteMap(String file, LogFormat key) implements Own {}

  record CacheUse(String cache) implements Own {}

  record CacheStore(String cache) implements Own {}

  record DisableRetry() implements Own {}

  /**
   * @param timeout {@code server} or {@code tunnel}
   * @param fixed absent where computed is present, in milliseconds
   */
  record SetTimeout(String timeout, Optional<Duration> fixed, Optional<SampleExpression> computed)
      implements Own {}

  record StrictMode(boolean on) implements Own {}

  record WaitForBody(Duration time, long atLeast) implements Own {}

  record WaitForHandshake() implements Own {}
}
