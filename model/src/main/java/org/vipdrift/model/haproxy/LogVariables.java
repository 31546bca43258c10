package org.vipdrift.model.haproxy;

import java.util.Optional;
import org.vipdrift.model.haproxy.sample.EditableRequest;

/** The variables of {@code log-format}. */
final class LogVariables {
  private static final long SECOND = 1_000_000_000L;

  /** What HAProxy and clients of its time agree on. */
  static final String TLS_VERSION = "TLSv1.3";

  static final String TLS_CIPHER = "TLS_AES_256_GCM_SHA384";

  private LogVariables() {}

  /** Empty for what this session does not have. */
  static Optional<String> value(String name, Stream stream) {
    return switch (name) {
      case "ci" -> of(stream.source());
      case "cp" -> of(stream.sourcePort());
      case "fi" -> of(stream.destination());
      case "fp" -> of(stream.destinationPort());
      case "f" -> of(stream.frontendName());
      case "ft" -> of(stream.frontendName() + (stream.isTls() ? "~" : ""));
      case "b" -> of(stream.backendName());
      case "s" -> of(LogLine.serverName(stream));
      case "si" -> Optional.ofNullable(stream.server).flatMap(s -> s.address).map(Object::toString);
      case "sp" ->
          Optional.ofNullable(stream.server)
              .map(s -> Integer.toString(s.port(stream.destinationPort())));
      case "B" -> of(stream.octetsReadSoFar());
      case "U" -> of(stream.octetsSentSoFar());
      case "ac" -> of(stream.process.connections());
      case "fc" -> of(stream.client.frontend.connections());
      case "bc" -> of(stream.backend == null ? 0 : stream.backend.sessions());
      case "sc" -> of(stream.server == null ? 0 : stream.server.counter.sessions);
      case "rc" -> of(LogLine.retries(stream));
      case "sq" -> of(stream.place.serverQueuePosition());
      case "bq" -> of(stream.place.backendQueuePosition());
      case "ts" -> of(LogLine.letters(stream.termination));
      case "tsc" -> of(LogLine.letters(stream.termination) + LogLine.cookieLetters(stream));
      case "pid" -> of(stream.process.environment.processId());
      case "H" -> of(stream.process.environment.hostName());
      case "lc", "rt" -> of(0);
      case "sslc" -> stream.isTls() ? of(TLS_CIPHER) : Optional.empty();
      case "sslv" -> stream.isTls() ? of(TLS_VERSION) : Optional.empty();
      case "ID" -> Optional.empty();
      default -> time(name, stream).or(() -> http(name, stream));
    };
  }

  private static Optional<String> of(Object value) {
    return Optional.of(value.toString());
  }

  private static Optional<String> time(String name, Stream stream) {
    StreamTimes times = stream.times;
    return switch (name) {
      case "TR" -> of(times.requestTime());
      case "Tq" -> of(times.requestTimeWithIdle());
      case "Tw" -> of(times.queueTime());
      case "Tc" -> of(times.connectTime());
      case "Tr" -> of(times.responseTime());
      case "Ta" -> of(times.activeTime());
      case "Tt" -> of(times.totalTime());
      case "Tu" -> of(times.activeTime());
      case "Td" -> of(times.dataTime());
      case "Th" -> of(0);
      case "Ti" -> of(times.idleMilliseconds());
      case "t" -> of(milliseconds(accepted(stream)));
      case "tr" -> of(milliseconds(requested(stream)));
      case "T", "Tl" -> of(LogDates.withZone(accepted(stream)));
      case "trg", "trl" -> of(LogDates.withZone(requested(stream)));
      case "Ts" -> of(Math.floorDiv(accepted(stream), SECOND));
      case "ms" -> of(Math.floorMod(accepted(stream), SECOND) / 1_000_000);
      default -> Optional.empty();
    };
  }

  private static long accepted(Stream stream) {
    return stream.wallNanos() - (stream.now() - stream.times.start);
  }

  private static long requested(Stream stream) {
    return stream.wallNanos() - (stream.now() - stream.times.requestStart());
  }

  private static String milliseconds(long wallNanos) {
    StringBuilder text = new StringBuilder(24);
    LogDates.withMilliseconds(text, wallNanos);
    return text.toString();
  }

  private static Optional<String> http(String name, Stream stream) {
    if (!(stream instanceof HttpStream http)) {
      return Optional.empty();
    }
    EditableRequest request = http.editable();
    return switch (name) {
      case "ST" -> of(http.status);
      case "r" -> of(request.originalLine());
      case "HM" -> of(word(request, 0));
      case "HU" -> of(word(request, 1));
      case "HP" -> of(pathOf(word(request, 1)));
      case "HQ" -> of(queryOf(word(request, 1)));
      case "HV" -> of(word(request, 2));
      case "CC" -> http.captures.requestCookie();
      case "CS" -> http.captures.responseCookie();
      case "hr", "hrl" -> of(http.captures.requestHeaders());
      case "hs", "hsl" -> of(http.captures.responseHeaders());
      default -> Optional.empty();
    };
  }

  private static String word(EditableRequest request, int index) {
    return request.originalLine().split(" ", -1)[index];
  }

  private static String pathOf(String target) {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  private static String queryOf(String target) {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question);
  }
}
