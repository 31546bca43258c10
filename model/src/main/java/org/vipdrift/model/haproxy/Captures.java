package org.vipdrift.model.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.CookieCapture;
import org.vipdrift.model.haproxy.settings.HeaderCapture;

/** What {@code capture} lines keep of one exchange for its log line. */
final class Captures {
  private final Frontend frontend;
  private final @Nullable List<String> request;
  private @Nullable List<String> response;
  private Optional<String> requestCookie = Optional.empty();
  private Optional<String> responseCookie = Optional.empty();

  Captures(Frontend frontend, EditableRequest received) {
    this.frontend = frontend;
    this.request = headers(frontend.settings.requestCaptures(), received.headers());
    this.response =
        frontend.settings.responseCaptures().isEmpty()
            ? null
            : headers(frontend.settings.responseCaptures(), EditableHeaders.empty());
    if (frontend.settings.cookieCapture().isPresent()) {
      requestCookie = cookie(received.headers().all("cookie"), false);
    }
  }

  private static @Nullable List<String> headers(
      List<HeaderCapture> wanted, EditableHeaders headers) {
    if (wanted.isEmpty()) {
      return null;
    }
    List<String> values = new ArrayList<>(wanted.size());
    for (HeaderCapture capture : wanted) {
      List<String> all =
          capture.name().isEmpty()
              ? List.of()
              : headers.all(capture.name().toLowerCase(Locale.ROOT));
      values.add(all.isEmpty() ? "" : cut(all.getLast(), capture.length()));
    }
    return values;
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private Optional<String> cookie(List<String> fields, boolean onlyFirstPair) {
    CookieCapture wanted = frontend.settings.cookieCapture().orElseThrow();
    for (String field : fields) {
      for (String pair : field.split(";", onlyFirstPair ? 2 : -1)) {
        String bare = pair.strip();
        int equals = bare.indexOf('=');
        boolean matches =
            equals >= 0
                && (wanted.prefix()
                    ? bare.startsWith(wanted.name())
                    : bare.substring(0, equals).equals(wanted.name()));
        if (matches) {
          return Optional.of(cut(bare, wanted.length()));
        }
      }
    }
    return Optional.empty();
  }

  void response(EditableResponse received) {
    if (response != null) {
      response = headers(frontend.settings.responseCaptures(), received.headers());
    }
    if (frontend.settings.cookieCapture().isPresent()) {
      for (String field : received.headers().all("set-cookie")) {
        Optional<String> found = cookie(List.of(field), true);
        if (found.isPresent()) {
          responseCookie = found;
        }
      }
    }
  }

  /** What a rule captures into a slot; those without a slot of their own are not logged. */
  void add(Optional<Integer> slot, Optional<Integer> length, String value, boolean answering) {
    List<String> values = answering ? response : request;
    if (values != null && slot.isPresent() && slot.get() < values.size()) {
      List<HeaderCapture> declared =
          answering ? frontend.settings.responseCaptures() : frontend.settings.requestCaptures();
      values.set(slot.get(), cut(value, length.orElse(declared.get(slot.get()).length())));
    }
  }

  private static String braces(@Nullable List<String> values) {
    return values == null ? "" : "{" + String.join("|", values) + "}";
  }

  /** {@code %hr}; empty without captures. */
  String requestHeaders() {
    return braces(request);
  }

  /** {@code %hs}; empty without captures. */
  String responseHeaders() {
    return braces(response);
  }

  Optional<String> requestCookie() {
    return requestCookie;
  }

  Optional<String> responseCookie() {
    return responseCookie;
  }
}
