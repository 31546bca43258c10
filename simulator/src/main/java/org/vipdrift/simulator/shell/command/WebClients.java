package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.ShellReply;
import org.vipdrift.simulator.shell.ShellReply.Failure;
import org.vipdrift.simulator.shell.ShellStep;
import org.vipdrift.simulator.shell.Task;

/** {@code curl}, {@code wget} and {@code nc}. */
final class WebClients {
  private static final Pattern URL =
      Pattern.compile(
          "(?:(https?)://)?(\\[[0-9a-fA-F:]+\\]|[^/:?]+)(?::([0-9]{1,5}))?(/[^#]*|\\?[^#]*)?(#.*)?");

  private static final Duration DAY = Duration.ofDays(1);

  /** Linux gives up a SYN after six retries. */
  private static final Duration SYN_TIMEOUT = Duration.ofSeconds(127);

  private WebClients() {}

  /** A URL taken apart. */
  private record Location(boolean tls, String host, int port, String path) {
    static Optional<Location> parse(String url) {
      Matcher matcher = URL.matcher(url);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      boolean tls = "https".equals(matcher.group(1));
      int port = matcher.group(3) == null ? (tls ? 443 : 80) : Integer.parseInt(matcher.group(3));
      String path = Optional.ofNullable(matcher.group(4)).orElse("/");
      return Optional.of(
          new Location(
              tls,
              matcher.group(2).replaceAll("[\\[\\]]", ""),
              port,
              path.startsWith("/") ? path : "/" + path));
    }

    Optional<IpAddress> address(Invocation call) {
      return IpAddress.parse(host)
          .or(
              () ->
                  host.equals("localhost")
                      ? Optional.of(IpAddress.v4(127, 0, 0, 1))
                      : call.host().resolve(host));
    }
  }

  /** {@code curl}: 6 unknown host, 7 refused, 22 with -f from 400 on, 28 timeout, 52 empty. */
  static Task<Integer> curl(Invocation call) {
    Options options =
        Options.parse(
            call.arguments(),
            "sSfo:m:IkLw:X:H:A:4v",
            "--connect-timeout=",
            "--max-time=",
            "--silent",
            "--show-error",
            "--fail",
            "--output=",
            "--head",
            "--insecure",
            "--location",
            "--write-out=",
            "--request=",
            "--header=",
            "--retry=");
    if (options.unknown().isPresent() || options.has("--retry")) {
      return call.unsupported(options.unknown().orElse("--retry"));
    }
    List<String> urls = options.operands();
    Optional<Location> location =
        urls.size() == 1 ? Location.parse(urls.getFirst()) : Optional.empty();
    if (location.isEmpty()) {
      call.complain("(3) URL malformed");
      return Task.of(urls.isEmpty() ? 2 : 3);
    }
    Optional<IpAddress> address = location.get().address(call);
    if (address.isEmpty()) {
      writeOut(call, options, 0);
      complain(call, options, "(6) Could not resolve host: " + location.get().host());
      return Task.of(6);
    }
    Duration timeout = options.seconds("-m", options.seconds("--max-time", DAY));
    if (timeout.isZero()) {
      timeout = DAY;
    }
    Duration connect = options.seconds("--connect-timeout", SYN_TIMEOUT);
    boolean head = options.has("-I", "--head");
    ShellStep.Fetching step =
        new ShellStep.Fetching(
            options.value("-X", "--request").orElse(head ? "HEAD" : "GET"),
            location.get().tls(),
            options.has("-k", "--insecure"),
            hostHeader(options, location.get()),
            address.get(),
            location.get().port(),
            location.get().path(),
            connect.compareTo(timeout) < 0 ? connect : timeout,
            timeout);
    return Task.await(step).map(reply -> curled(call, options, head, reply));
  }

  private static String hostHeader(Options options, Location location) {
    List<String> headers = new ArrayList<>(options.values("-H"));
    headers.addAll(options.values("--header"));
    return headers.stream()
        .filter(h -> h.regionMatches(true, 0, "Host:", 0, 5))
        .map(h -> h.substring(5).strip())
        .findFirst()
        .orElse(location.host());
  }

  private static void complain(Invocation call, Options options, String message) {
    if (!options.has("-s", "--silent") || options.has("-S", "--show-error")) {
      call.complain(message);
    }
  }

  private static int curled(
      Invocation call, Options options, boolean head, ShellReply.Answered reply) {
    if (!(reply instanceof ShellReply.Fetched(int status, String body))) {
      writeOut(call, options, 0);
      Failure failure = reply instanceof ShellReply.Failed(Failure why) ? why : Failure.EMPTY_REPLY;
      int code = curlCode(failure);
      complain(call, options, "(" + code + ") " + failure);
      return code;
    }
    boolean failed = options.has("-f", "--fail") && status >= 400;
    String text = failed ? "" : head ? "HTTP/1.1 " + status + "\r\n\r\n" : body;
    Optional<String> file = options.value("-o", "--output");
    if (file.isEmpty() || file.get().equals("-")) {
      call.print(text);
    } else if (!file.get().equals("/dev/null")) {
      call.host().writeFile(file.get(), text);
    }
    writeOut(call, options, status);
    if (failed) {
      complain(call, options, "(22) The requested URL returned error: " + status);
    }
    return failed ? 22 : 0;
  }

  private static int curlCode(Failure failure) {
    return switch (failure) {
      case TIMED_OUT -> 28;
      case REFUSED, UNREACHABLE -> 7;
      case EMPTY_REPLY -> 52;
      case RESET -> 56;
      case TLS_FAILED -> 35;
      case CERTIFICATE_REFUSED -> 60;
    };
  }

  private static void writeOut(Invocation call, Options options, int status) {
    options
        .value("-w", "--write-out")
        .ifPresent(
            format ->
                call.print(
                    format
                        .replace(
                            "%{http_code}", String.format(java.util.Locale.ROOT, "%03d", status))
                        .replace(
                            "%{response_code}",
                            String.format(java.util.Locale.ROOT, "%03d", status))
                        .replace("\\n", "\n")));
  }

  /** {@code wget}: 4 network failure, 8 an error status. */
  static Task<Integer> wget(Invocation call) {
    Options options =
        Options.parse(
            call.arguments(),
            "qT:O:t:S",
            "--spider",
            "--timeout=",
            "--tries=",
            "--quiet",
            "--no-check-certificate",
            "--output-document=");
    Optional<Location> location =
        options.operands().size() == 1
            ? Location.parse(options.operands().getFirst())
            : Optional.empty();
    if (options.unknown().isPresent() || location.isEmpty()) {
      return call.unsupported(options.unknown().orElse("without one URL"));
    }
    Optional<IpAddress> address = location.get().address(call);
    if (address.isEmpty()) {
      call.complain("unable to resolve host address " + location.get().host());
      return Task.of(4);
    }
    Duration timeout = options.seconds("-T", options.seconds("--timeout", Duration.ofSeconds(900)));
    boolean spider = options.has("--spider");
    ShellStep.Fetching step =
        new ShellStep.Fetching(
            spider ? "HEAD" : "GET",
            location.get().tls(),
            options.has("--no-check-certificate"),
            location.get().host(),
            address.get(),
            location.get().port(),
            location.get().path(),
            timeout.compareTo(SYN_TIMEOUT) < 0 ? timeout : SYN_TIMEOUT,
            timeout);
    int tries = options.number("-t", options.number("--tries", 20));
    return fetched(call, options, location.get(), step, tries == 0 ? 20 : tries, 1);
  }

  private static Task<Integer> fetched(
      Invocation call,
      Options options,
      Location location,
      ShellStep.Fetching step,
      int tries,
      int attempt) {
    return Task.await(step)
        .then(
            reply -> {
              if (reply instanceof ShellReply.Fetched(int status, String body)) {
                if (status >= 400) {
                  call.complain("ERROR " + status);
                  return Task.of(8);
                }
                save(call, options, location, body);
                return Task.of(0);
              }
              boolean fatal =
                  reply instanceof ShellReply.Failed(Failure failure)
                      && (failure == Failure.REFUSED
                          || failure == Failure.UNREACHABLE
                          || failure == Failure.TLS_FAILED
                          || failure == Failure.CERTIFICATE_REFUSED);
              if (fatal || attempt >= tries) {
                call.complain("failed");
                return Task.of(
                    reply instanceof ShellReply.Failed(Failure failure)
                            && failure == Failure.CERTIFICATE_REFUSED
                        ? 5
                        : 4);
              }
              return Task.await(new ShellStep.Sleeping(Duration.ofSeconds(Math.min(10, attempt))))
                  .then(_ -> fetched(call, options, location, step, tries, attempt + 1));
            });
  }

  private static void save(Invocation call, Options options, Location location, String body) {
    Optional<String> to = options.value("-O", "--output-document");
    if (options.has("--spider") || to.equals(Optional.of("/dev/null"))) {
      return;
    }
    if (to.equals(Optional.of("-"))) {
      call.print(body);
      return;
    }
    String path = location.path();
    String base = path.substring(path.lastIndexOf('/') + 1);
    call.host().writeFile(to.orElse(base.isEmpty() ? "index.html" : base), body);
  }

  /** {@code nc -z}: 1 if the connection is refused or times out. */
  static Task<Integer> nc(Invocation call) {
    Options options = Options.parse(call.arguments(), "zw:vn46i:q:N");
    List<String> operands = options.operands();
    if (options.unknown().isPresent()
        || operands.size() != 2
        || !operands.get(1).matches("[0-9]{1,5}")) {
      return call.unsupported(options.unknown().orElse("without one host and one port"));
    }
    Optional<IpAddress> address = new Location(false, operands.getFirst(), 0, "/").address(call);
    if (address.isEmpty()) {
      call.complain(
          "getaddrinfo for host \"" + operands.getFirst() + "\": Name or service not known");
      return Task.of(1);
    }
    Duration timeout = options.seconds("-w", SYN_TIMEOUT);
    return Task.await(
            new ShellStep.Connecting(address.get(), Integer.parseInt(operands.get(1)), timeout))
        .map(
            reply -> {
              boolean open = reply instanceof ShellReply.Connected;
              if (options.has("-v")) {
                call.complain(
                    "connect to "
                        + operands.getFirst()
                        + " port "
                        + operands.get(1)
                        + " (tcp) "
                        + (open ? "succeeded!" : "failed"));
              }
              return open ? 0 : 1;
            });
  }
}
