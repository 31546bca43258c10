package org.vipdrift.model.haproxy;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.sample.CompiledFormat;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.Redirect;

/** A redirection, ready to be answered with. */
final class CompiledRedirect {
  private final Redirect settings;
  private final CompiledFormat target;

  CompiledRedirect(Redirect settings) {
    this.settings = settings;
    this.target = CompiledFormat.of(settings.target());
  }

  /** Whether nothing is left to lead to, and that is allowed. */
  boolean isEmpty(HttpStream stream) {
    return settings.ignoreEmpty() && target.print(stream).isEmpty();
  }

  EditableResponse answer(HttpStream stream, EditableRequest request) {
    EditableHeaders headers = EditableHeaders.empty();
    headers.add("content-length", "0");
    headers.add("location", location(stream, request));
    if (settings.status() == 302 || settings.status() == 303 || settings.status() == 307) {
      headers.add("cache-control", "no-cache");
    }
    settings.setCookie().ifPresent(cookie -> headers.add("set-cookie", cookie));
    return new EditableResponse(
        settings.status(), Replies.reason(settings.status()), headers, Octets.EMPTY);
  }

  private String location(HttpStream stream, EditableRequest request) {
    String value = target.print(stream);
    return switch (settings.kind()) {
      case LOCATION -> value;
      case PREFIX -> (value.equals("/") ? "" : value) + place(request);
      case SCHEME -> value + "://" + request.headers().first("host").orElse("") + place(request);
    };
  }

  private String place(EditableRequest request) {
    String place = settings.dropQuery() ? request.path() : request.pathWithQuery();
    int question = place.indexOf('?');
    int end = question < 0 ? place.length() : question;
    boolean slash = settings.appendSlash() && (end == 0 || place.charAt(end - 1) != '/');
    return slash ? place.substring(0, end) + "/" + place.substring(end) : place;
  }
}
