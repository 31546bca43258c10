package org.vipdrift.simulator.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpDate;
import org.vipdrift.model.http.HttpHeaders;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.http.HttpVersion;
import org.vipdrift.model.nginx.ProxyPass;
import org.vipdrift.model.nginx.WebLocation;

/** Writes the answer to one request. */
final class Answering {
  private final WebRequest request;
  private int override = -1;
  private int status = 200;

  Answering(WebRequest request) {
    this.request = request;
  }

  int status() {
    return status;
  }

  /** The status of an {@code error_page}: what comes next is sent with it; 0 leaves its own. */
  void override(int errorStatus) {
    override = errorStatus == 0 ? -1 : errorStatus;
  }

  private String server() {
    return request.location().showsVersion() ? StatusPages.SERVER : "nginx";
  }

  /** The page of a status, as nginx has it. */
  void page(int withStatus) {
    send(StatusPages.page(override > 0 ? override : withStatus, server()), true);
  }

  /** The page of a status, and the connection closes. */
  void refuse(int withStatus) {
    status = withStatus;
    WebAnswer answer = StatusPages.page(withStatus, server());
    request
        .exchange()
        .answer(
            answer.encode(wallNanos(), false, request.exchange().isHead()),
            false,
            request.exchange().cause());
  }

  void text(int withStatus, String type, String text) {
    send(WebAnswer.of(withStatus, server(), type, WebRequest.octets(text)), true);
  }

  void redirect(int withStatus, String target) {
    send(StatusPages.page(withStatus, server()).withLocation(absolute(target)), true);
  }

  void file(String path, Octets body, long modifiedNanos) {
    send(WebSite.file(path, body, modifiedNanos, server()), true);
  }

  private String absolute(String target) {
    WebLocation.RedirectRules rules = request.location().redirects();
    if (!target.startsWith("/") || !rules.absolute()) {
      return target;
    }
    int port = request.connection().localPort();
    boolean plainPort = port == (request.scheme().equals("https") ? 443 : 80);
    String name = rules.withServerName() ? request.host().firstName() : request.hostName();
    return request.scheme()
        + "://"
        + (name.isEmpty() ? request.connection().localAddress().toString() : name)
        + (plainPort || !rules.withPort() ? "" : ":" + port)
        + target;
  }

  private void send(WebAnswer answer, boolean withAdded) {
    WebAnswer told =
        override > 0 && answer.status() == 200
            ? new WebAnswer(
                StatusPages.line(override),
                answer.server(),
                answer.contentType(),
                answer.body(),
                answer.lastModified(),
                answer.location(),
                answer.more())
            : answer;
    status = told.status();
    List<HttpHeaders.Field> added = withAdded ? added(status) : List.of();
    if (!added.isEmpty()) {
      List<HttpHeaders.Field> all = new ArrayList<>(told.more());
      all.addAll(added);
      told = told.withMore(all);
    }
    HttpExchange exchange = request.exchange();
    boolean goesOn = exchange.keepsAlive() && status != 400;
    exchange.answer(told.encode(wallNanos(), goesOn, exchange.isHead()), goesOn, exchange.cause());
  }

  /** The statuses that {@code add_header} is for without {@code always}. */
  private List<HttpHeaders.Field> added(int forStatus) {
    List<WebLocation.AddedHeader> headers = request.location().addedHeaders();
    if (headers.isEmpty()) {
      return List.of();
    }
    boolean plain =
        switch (forStatus) {
          case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308 -> true;
          default -> false;
        };
    List<HttpHeaders.Field> fields = new ArrayList<>();
    for (WebLocation.AddedHeader header : headers) {
      String value = request.variables().evaluate(header.value());
      if ((plain || header.always()) && !value.isEmpty()) {
        fields.add(new HttpHeaders.Field(header.name(), value));
      }
    }
    return fields;
  }

  /** What an upstream answered, under nginx's own name. */
  void proxied(HttpResponse response, ProxyPass proxy, long cause) {
    HttpExchange exchange = request.exchange();
    status = override > 0 ? override : response.status();
    boolean mayHaveBody = HttpResponse.mayHaveBody(response.status());
    Optional<String> length = response.headers().first("Content-Length");
    boolean framed = !mayHaveBody || length.isPresent();
    boolean chunks = !framed && request.http().version() == HttpVersion.HTTP_1_1;
    boolean goesOn = exchange.keepsAlive() && (framed || chunks || exchange.isHead());
    StringBuilder text = new StringBuilder(320);
    text.append("HTTP/1.1 ");
    if (override > 0) {
      text.append(StatusPages.line(override));
    } else {
      text.append(response.status()).append(' ').append(response.reason());
    }
    line(text, "\r\nServer", server());
    line(text, "Date", HttpDate.format(wallNanos()));
    response.headers().first("Content-Type").ifPresent(type -> line(text, "Content-Type", type));
    if (mayHaveBody) {
      length.ifPresent(octets -> line(text, "Content-Length", octets));
    }
    response.headers().first("Last-Modified").ifPresent(d -> line(text, "Last-Modified", d));
    response.headers().first("Location").ifPresent(to -> line(text, "Location", moved(to, proxy)));
    if (chunks) {
      text.append("Transfer-Encoding: chunked\r\n");
    }
    line(text, "Connection", goesOn ? "keep-alive" : "close");
    for (HttpHeaders.Field field : response.headers().fields()) {
      if (!isWritten(field.name()) && !isHidden(field.name(), proxy)) {
        line(text, field.name(), field.value());
      }
    }
    added(status).forEach(field -> line(text, field.name(), field.value()));
    text.append("\r\n");
    exchange.answer(
        whole(text, exchange.isHead() ? Octets.EMPTY : response.body(), chunks), goesOn, cause);
  }

  private static Octets whole(StringBuilder text, Octets body, boolean chunks) {
    int size = body.length();
    if (chunks && size > 0) {
      text.append(Integer.toHexString(size)).append("\r\n");
    }
    byte[] head = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] tail =
        (chunks ? size > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n" : "")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = Arrays.copyOf(head, head.length + size + tail.length);
    body.copyInto(whole, head.length);
    System.arraycopy(tail, 0, whole, head.length + size, tail.length);
    return Octets.adopt(whole);
  }

  private String moved(String target, ProxyPass proxy) {
    for (ProxyPass.Redirect redirect : proxy.redirects()) {
      String from = request.variables().evaluate(redirect.from());
      if (target.startsWith(from)) {
        String to = request.variables().evaluate(redirect.to());
        return absolute(to + target.substring(from.length()));
      }
    }
    return target;
  }

  private static boolean isWritten(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("Date");
      case 6 -> name.equalsIgnoreCase("Server");
      case 8 -> name.equalsIgnoreCase("Location");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 12 -> name.equalsIgnoreCase("Content-Type");
      case 13 -> name.equalsIgnoreCase("Last-Modified");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  private static boolean isHidden(String name, ProxyPass proxy) {
    for (String hidden : proxy.hidden()) {
      if (hidden.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private long wallNanos() {
    return request.worker().environment().timers().wallNanos();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
}
