package org.vipdrift.simulator.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpHeaders;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.http.HttpVersion;
import org.vipdrift.model.nginx.LocationMatch.Kind;
import org.vipdrift.model.nginx.ProxyPass;

/** {@code proxy_pass}: makes the request for the upstream, and passes its answer on. */
final class ContentProxy implements ProxiedRequest.Outcome {
  private final WebRequest request;
  private final ProxyPass proxy;
  private Optional<ProxiedRequest> running = Optional.empty();
  private String authority;

  ContentProxy(WebRequest request, ProxyPass proxy) {
    this.request = request;
    this.proxy = proxy;
    this.authority = proxy.authority();
  }

  String authority() {
    return authority;
  }

  String addresses() {
    return running.map(ProxiedRequest::triedAddresses).orElse("");
  }

  String statuses() {
    return running.map(ProxiedRequest::triedStatuses).orElse("");
  }

  void begin() {
    String upstream = proxy.upstream();
    Optional<String> uri = proxy.uri();
    boolean whole = false;
    if (proxy.target().isPresent()) {
      String url = request.variables().evaluate(proxy.target().get());
      int start = url.indexOf("://") + 3;
      int slash = url.indexOf('/', start);
      upstream = slash < 0 ? url.substring(start) : url.substring(start, slash);
      authority = upstream;
      uri = slash < 0 ? Optional.empty() : Optional.of(url.substring(slash));
      whole = slash >= 0;
    }
    Optional<UpstreamGroup> group = request.worker().upstream(upstream);
    if (group.isEmpty()) {
      request.error(502);
      return;
    }
    String method =
        proxy.method().map(request.variables()::evaluate).orElse(request.http().method());
    Octets octets = message(method, target(uri, whole)).encode();
    String key = group.get().hashKey().map(request.variables()::evaluate).orElse("");
    ProxiedRequest proxied =
        new ProxiedRequest(
            group.get(),
            proxy,
            octets,
            method,
            method.equals("HEAD"),
            request.connection().remoteAddress(),
            key,
            this);
    running = Optional.of(proxied);
    long cause = request.exchange().cause();
    if (!proxy.ignoresAbort()) {
      request.exchange().whenAbandoned(() -> proxied.abandon(cause));
    }
    proxied.begin(cause);
  }

  /** Without a URI the client's own target goes through; with one it replaces the location's. */
  private String target(Optional<String> uri, boolean whole) {
    String args = request.args().isEmpty() ? "" : "?" + request.args();
    if (whole) {
      return uri.orElse("/");
    }
    if (uri.isEmpty()) {
      String target = request.http().target();
      boolean plain = target.startsWith("/");
      return plain && !request.isRewritten() ? target : request.path() + args;
    }
    String text = request.location().match().text();
    boolean replaces =
        request.location().match().kind() != Kind.CONDITION && request.path().startsWith(text);
    return (replaces ? uri.get() + request.path().substring(text.length()) : request.path()) + args;
  }

  private HttpRequest message(String method, String target) {
    HttpRequest client = request.http();
    List<HttpHeaders.Field> fields = new ArrayList<>(client.headers().fields().size() + 4);
    for (ProxyPass.Header header : proxy.headers()) {
      String value = request.variables().evaluate(header.value());
      if (!value.isEmpty()) {
        fields.add(new HttpHeaders.Field(header.name(), value));
      }
    }
    if (isFree("Host")) {
      fields.add(new HttpHeaders.Field("Host", authority));
    }
    if (isFree("Connection")) {
      fields.add(new HttpHeaders.Field("Connection", "close"));
    }
    boolean body = client.body().length() > 0 || client.headers().has("Content-Length");
    if (body && isFree("Content-Length")) {
      fields.add(new HttpHeaders.Field("Content-Length", Integer.toString(client.body().length())));
    }
    List<HttpHeaders.Field> own = client.headers().fields();
    for (int at = 0; at < own.size(); at++) {
      HttpHeaders.Field field = own.get(at);
      if (isPassed(field.name()) && isFree(field.name())) {
        fields.add(field);
      }
    }
    return new HttpRequest(
        method,
        target,
        proxy.protocol().equals("1.1") ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0,
        new HttpHeaders(fields),
        client.body());
  }

  /** Whether no {@code proxy_set_header} speaks of it. */
  private boolean isFree(String name) {
    for (ProxyPass.Header header : proxy.headers()) {
      if (header.name().equalsIgnoreCase(name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPassed(String name) {
    return switch (name.length()) {
      case 2 -> !name.equalsIgnoreCase("TE");
      case 4 -> !name.equalsIgnoreCase("Host");
      case 6 -> !name.equalsIgnoreCase("Expect");
      case 7 -> !name.equalsIgnoreCase("Upgrade");
      case 10 -> !name.equalsIgnoreCase("Connection") && !name.equalsIgnoreCase("Keep-Alive");
      case 14 -> !name.equalsIgnoreCase("Content-Length");
      case 17 -> !name.equalsIgnoreCase("Transfer-Encoding");
      default -> true;
    };
  }

  @Override
  public void answered(HttpResponse response, long cause) {
    boolean intercepted =
        request.location().interceptsErrors()
            && response.status() >= 300
            && request.location().errorPages().stream()
                .anyMatch(page -> page.statuses().contains(response.status()));
    if (intercepted) {
      request.error(response.status());
    } else {
      request.answering().proxied(response, proxy, cause);
    }
  }

  @Override
  public void failed(int status, long cause) {
    request.error(status);
  }

  @Override
  public void brokeOff(long cause) {
    request.exchange().answer(Octets.EMPTY, false, cause);
  }
}
