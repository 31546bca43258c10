package org.vipdrift.model.haproxy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.haproxy.sample.CompiledFormat;
import org.vipdrift.model.haproxy.settings.LogStyle;
import org.vipdrift.model.haproxy.settings.ProxyOption;

/** Writes the line of a session as HAProxy 2.6 does, without the header of syslog. */
final class LogLine {
  private static final int INFORMATIONAL = 6;
  private static final int ERROR = 3;
  private static final long MILLISECOND = 1_000_000L;

  private static final List<String> COMMON_FIGURES =
      List.of("TR", "Tw", "Tc", "Tr", "Ta", "tsc", "ac", "fc", "bc", "sc", "rc", "sq", "bq");

  private LogLine() {}

  static boolean wanted(Frontend frontend) {
    return !frontend.proxy.log().targets().isEmpty();
  }

  /** Of a request, at its end. */
  static void write(HttpStream stream, Termination termination, long cause) {
    Frontend frontend = stream.session.frontend;
    if (!wanted(frontend) || stream.logLevel < 0) {
      return;
    }
    stream.termination = termination;
    boolean normal = termination.isNormal() && stream.status < 500 && !stream.retries.redispatched;
    if (normal && frontend.proxy.options().has(ProxyOption.DONTLOG_NORMAL)) {
      return;
    }
    String line =
        switch (frontend.proxy.log().style()) {
          case DEFAULT -> connectFrom(stream, "HTTP");
          case HTTP -> http(stream, termination);
          case HTTPS -> http(stream, termination) + security(stream.client);
          case CLF -> common(stream);
          case TCP -> tcp(stream, termination);
          case CUSTOM -> custom(frontend, stream, termination);
        };
    send(frontend, stream.logLevel, termination, line, cause);
  }

  /** Of a TCP session, at its end. */
  static void write(TcpStream stream, Termination termination, long cause) {
    Frontend frontend = stream.client.frontend;
    if (!wanted(frontend)) {
      return;
    }
    stream.termination = termination;
    if (termination.isNormal() && frontend.proxy.options().has(ProxyOption.DONTLOG_NORMAL)) {
      return;
    }
    String line =
        switch (frontend.proxy.log().style()) {
          case DEFAULT -> connectFrom(stream, "TCP");
          case HTTP, HTTPS, CLF, TCP -> tcp(stream, termination);
          case CUSTOM -> custom(frontend, stream, termination);
        };
    send(frontend, INFORMATIONAL, termination, line, cause);
  }

  private static void send(
      Frontend frontend, int level, Termination termination, String line, long cause) {
    boolean separate =
        !termination.isNormal()
            && level == INFORMATIONAL
            && frontend.proxy.options().has(ProxyOption.LOG_SEPARATE_ERRORS);
    frontend.process.environment.log(frontend.name(), separate ? ERROR : level, line, cause);
  }

  private static String custom(Frontend frontend, Stream stream, Termination termination) {
    Optional<CompiledFormat> format =
        termination.isNormal() || frontend.errorLogFormat.isEmpty()
            ? frontend.logFormat
            : frontend.errorLogFormat;
    return format.map(f -> f.print(stream)).orElse("");
  }

  private static String connectFrom(Stream stream, String mode) {
    return "Connect from "
        + stream.source()
        + ":"
        + stream.sourcePort()
        + " to "
        + stream.destination()
        + ":"
        + stream.destinationPort()
        + " ("
        + stream.frontendName()
        + "/"
        + mode
        + ")";
  }

  private static String http(HttpStream stream, Termination termination) {
    StringBuilder line = new StringBuilder(192);
    StreamTimes times = stream.times;
    head(line, stream.client, stream.wallNanos() - (times.closed - times.requestStart()));
    line.append(stream.backendName()).append('/').append(serverName(stream)).append(' ');
    line.append(times.requestTime()).append('/');
    line.append(times.queueTime()).append('/');
    line.append(times.connectTime()).append('/');
    line.append(times.responseTime()).append('/');
    line.append(times.activeTime()).append(' ');
    line.append(stream.status).append(' ').append(stream.octetsRead).append(' ');
    line.append(stream.captures.requestCookie().orElse("-")).append(' ');
    line.append(stream.captures.responseCookie().orElse("-")).append(' ');
    line.append(termination.letters()).append(cookieLetters(stream)).append(' ');
    counters(line, stream);
    captured(line, stream.captures.requestHeaders());
    captured(line, stream.captures.responseHeaders());
    return line.append(" \"")
        .append(printable(stream.editable().originalLine()))
        .append('"')
        .toString();
  }

  /** What {@code option httpslog} adds; handshakes that failed have lines of their own. */
  private static String security(ClientSession client) {
    return client.link.isTls()
        ? " 0/0000000000000000/0/0/0 "
            + client.link.serverName().orElse("-")
            + "/"
            + LogVariables.TLS_VERSION
            + "/"
            + LogVariables.TLS_CIPHER
        : " 0/-/-/-/0 -/-/-";
  }

  /** The Common Log Format with HAProxy's figures behind it. */
  private static String common(HttpStream stream) {
    StringBuilder line = new StringBuilder(192);
    line.append(stream.source()).append(" - - [");
    line.append(LogVariables.value("trg", stream).orElse("")).append("] \"");
    line.append(printable(stream.editable().originalLine())).append("\" ");
    line.append(stream.status).append(' ').append(stream.octetsRead).append(" \"\" \"\"");
    line.append(' ').append(stream.sourcePort()).append(' ');
    line.append(LogVariables.value("ms", stream).orElse(""));
    quoted(line, LogVariables.value("ft", stream).orElse(""));
    quoted(line, stream.backendName());
    quoted(line, serverName(stream));
    for (String name : COMMON_FIGURES) {
      line.append(' ').append(LogVariables.value(name, stream).orElse(""));
    }
    quoted(line, stream.captures.requestCookie().orElse(""));
    quoted(line, stream.captures.responseCookie().orElse(""));
    listed(line, stream.captures.requestHeaders());
    listed(line, stream.captures.responseHeaders());
    return line.toString();
  }

  private static void quoted(StringBuilder line, String text) {
    line.append(" \"").append(text).append('"');
  }

  private static void listed(StringBuilder line, String braces) {
    if (!braces.isEmpty()) {
      for (String each : braces.substring(1, braces.length() - 1).split("\\|", -1)) {
        quoted(line, each);
      }
    }
  }

  private static void captured(StringBuilder line, String braces) {
    if (!braces.isEmpty()) {
      line.append(' ').append(braces);
    }
  }

  private static String tcp(Stream stream, Termination termination) {
    StringBuilder line = new StringBuilder(128);
    StreamTimes times = stream.times;
    head(line, stream.client, stream.wallNanos() - (times.closed - times.start));
    line.append(stream.backendName()).append('/').append(serverName(stream)).append(' ');
    line.append(times.queueTime()).append('/');
    line.append(times.connectTime()).append('/');
    line.append(times.totalTime()).append(' ');
    line.append(stream.octetsReadSoFar()).append(' ');
    line.append(termination.letters()).append(' ');
    counters(line, stream);
    return line.toString();
  }

  /** Of a connection without a request that could be read. */
  static void writeBadRequest(
      HttpSession session, long startNanos, Termination termination, int status, long cause) {
    Frontend frontend = session.frontend;
    if (!wanted(frontend)) {
      return;
    }
    ProxyEnvironment environment = frontend.process.environment;
    long elapsed = environment.monotonicNanos() - startNanos;
    StringBuilder line = new StringBuilder(160);
    head(line, session, environment.wallNanos() - elapsed);
    line.append(frontend.name()).append("/<NOSRV> -1/-1/-1/-1/").append(elapsed / MILLISECOND);
    line.append(' ').append(status).append(" 0 - - ").append(termination.letters()).append("-- ");
    line.append(frontend.process.connections()).append('/').append(frontend.connections());
    line.append("/0/0/0 0/0");
    if (!frontend.settings.requestCaptures().isEmpty()) {
      line.append(" {").append("|".repeat(frontend.settings.requestCaptures().size() - 1));
      line.append('}');
    }
    if (!frontend.settings.responseCaptures().isEmpty()) {
      line.append(" {").append("|".repeat(frontend.settings.responseCaptures().size() - 1));
      line.append('}');
    }
    line.append(" \"<BADREQ>\"");
    if (frontend.proxy.log().style() == LogStyle.HTTPS) {
      line.append(security(session));
    }
    send(frontend, INFORMATIONAL, termination, line.toString(), cause);
  }

  /** Of a client that was lost before its session began. */
  static void writeLost(
      Frontend frontend, String listener, Link link, long acceptedNanos, String why, long cause) {
    if (!wanted(frontend)) {
      return;
    }
    ProxyEnvironment environment = frontend.process.environment;
    StringBuilder line = new StringBuilder(128);
    line.append(link.remoteAddress()).append(':').append(link.remotePort()).append(" [");
    long elapsed = environment.monotonicNanos() - acceptedNanos;
    LogDates.withMilliseconds(line, environment.wallNanos() - elapsed);
    line.append("] ").append(frontend.name()).append('/').append(listener);
    line.append(": ").append(why);
    environment.log(frontend.name(), INFORMATIONAL, line.toString(), cause);
  }

  private static void head(StringBuilder line, ClientSession client, long wallNanos) {
    line.append(client.source).append(':').append(client.sourcePort).append(" [");
    LogDates.withMilliseconds(line, wallNanos);
    line.append("] ").append(client.frontend.name());
    if (client.link.isTls()) {
      line.append('~');
    }
    line.append(' ');
  }

  private static void counters(StringBuilder line, Stream stream) {
    Frontend frontend = stream.client.frontend;
    Backend backend = stream.backend;
    line.append(frontend.process.connections()).append('/');
    line.append(frontend.connections()).append('/');
    line.append(backend == null ? 0 : backend.sessions()).append('/');
    line.append(stream.server == null ? 0 : stream.server.counter.sessions).append('/');
    line.append(retries(stream)).append(' ');
    line.append(stream.place.serverQueuePosition())
        .append('/')
        .append(stream.place.backendQueuePosition());
  }

  static String retries(Stream stream) {
    return stream.retries.redispatched
        ? "+" + stream.retries.count()
        : Integer.toString(stream.retries.count());
  }

  static String serverName(Stream stream) {
    if (stream instanceof HttpStream http && http.answeredByStatistics) {
      return "<STATS>";
    }
    return stream.server == null ? "<NOSRV>" : stream.server.name();
  }

  static String cookieLetters(Stream stream) {
    return stream instanceof HttpStream http
            && stream.backend != null
            && stream.backend.cookies.isPresent()
        ? "" + http.cookie.presented.letter + http.cookie.answered.letter
        : "--";
  }

  static String letters(@Nullable Termination termination) {
    return termination == null ? "--" : termination.letters();
  }

  private static String printable(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < ' ' || c >= 127 || c == '"') {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 8);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < ' ' || c >= 127 || c == '"') {
        safe.append(String.format(java.util.Locale.ROOT, "#%02X", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  /** Whether a style prints when the session begins, not when it ends. */
  static boolean isEarly(Frontend frontend) {
    return frontend.proxy.log().style() == LogStyle.DEFAULT;
  }
}
