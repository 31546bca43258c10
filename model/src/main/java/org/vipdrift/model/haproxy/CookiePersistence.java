package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.CookieSettings;
import org.vipdrift.model.haproxy.settings.CookieSettings.Kind;
import org.vipdrift.model.haproxy.settings.ProxyOption;

/** The {@code cookie} of a backend: which server it names, and what becomes of it. */
final class CookiePersistence {
  private static final long SECOND = 1_000_000_000L;
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private final CookieSettings settings;
  private final Backend backend;

  CookiePersistence(CookieSettings settings, Backend backend) {
    this.settings = settings;
    this.backend = backend;
  }

  /** What a client's cookie is worth: the third letter of a log line's termination state. */
  enum Presented {
    NONE('N'),
    INVALID('I'),
    DOWN('D'),
    VALID('V'),
    EXPIRED('E'),
    OLD('O'),
    UNUSED('U');

    final char letter;

    Presented(char letter) {
      this.letter = letter;
    }
  }

  /** What is done in the answer: the fourth letter. */
  enum Answered {
    NONE('N'),
    PRESERVED('P'),
    DELETED('D'),
    INSERTED('I'),
    REWRITTEN('R'),
    UPDATED('U');

    final char letter;

    Answered(char letter) {
      this.letter = letter;
    }
  }

  /** What is remembered from a request to its answer. */
  static final class Memory {
    Presented presented = Presented.NONE;
    Answered answered = Answered.NONE;
    long lastSeconds;
    long firstSeconds;
    boolean foundInAnswer;
  }

  // ---- requests ----

  /** Reads the cookie, assigns its server, and hides it from the server where that is asked. */
  void read(EditableRequest request, HttpStream stream, Memory memory) {
    EditableHeaders headers = request.headers();
    for (int at = 0; at < headers.size(); at++) {
      if (headers.get(at).name().equals("cookie")) {
        String value = headers.get(at).value();
        String rest = readField(value, stream, memory);
        if (rest.isEmpty()) {
          headers.removeAt(at);
          at--;
        } else if (!rest.equals(value)) {
          headers.set(at, rest);
        }
      }
    }
  }

  private String readField(String field, HttpStream stream, Memory memory) {
    int start = 0;
    String kept = field;
    while (start < field.length()) {
      int semicolon = field.indexOf(';', start);
      int end = semicolon < 0 ? field.length() : semicolon;
      int equals = field.indexOf('=', start);
      if (equals > start && equals < end && names(field.substring(start, equals))) {
        kept = withoutIndication(field, start, equals, end, stream, memory);
      }
      start = end + 1;
    }
    return kept;
  }

  private boolean names(String text) {
    return text.strip().equals(settings.name());
  }

  private String withoutIndication(
      String field, int start, int equals, int end, HttpStream stream, Memory memory) {
    String value = field.substring(equals + 1, end).strip();
    int tilde = settings.kind() == Kind.PREFIX ? value.indexOf('~') : -1;
    String indication =
        settings.kind() != Kind.PREFIX
            ? value
            : value.substring(0, tilde < 0 ? value.length() : tilde);
    present(indication, stream, memory);
    if (tilde >= 0) {
      return field.substring(0, equals + 1) + value.substring(tilde + 1) + field.substring(end);
    }
    if (settings.kind() == Kind.INSERT && settings.indirect()) {
      return removed(field, start, end);
    }
    return field;
  }

  private static String removed(String field, int start, int end) {
    String before = field.substring(0, start).stripTrailing();
    String after = end < field.length() ? field.substring(end + 1).strip() : "";
    if (before.isEmpty()) {
      return after;
    }
    String head = before.substring(0, before.length() - 1).stripTrailing();
    return after.isEmpty() ? head : head + "; " + after;
  }

  private void present(String value, HttpStream stream, Memory memory) {
    if (memory.presented != Presented.NONE) {
      return;
    }
    if (stream.ignorePersist || stream.assigned) {
      memory.presented = Presented.UNUSED;
      return;
    }
    String name = value;
    if (settings.maxIdle().isPresent() || settings.maxLife().isPresent()) {
      int bar = value.indexOf('|');
      if (bar >= 0) {
        name = value.substring(0, bar);
        readDates(value.substring(bar + 1), memory);
      }
    }
    Presented age = age(memory, stream.wallNanos() / SECOND);
    memory.presented = age == Presented.NONE ? find(name, stream) : age;
  }

  private static void readDates(String dates, Memory memory) {
    int bar = dates.indexOf('|');
    memory.lastSeconds = seconds(bar < 0 ? dates : dates.substring(0, bar));
    memory.firstSeconds = bar < 0 ? 0 : seconds(dates.substring(bar + 1));
  }

  private Presented age(Memory memory, long now) {
    if (outside(memory.lastSeconds, settings.maxIdle(), now)) {
      return Presented.EXPIRED;
    }
    return outside(memory.firstSeconds, settings.maxLife(), now) ? Presented.OLD : Presented.NONE;
  }

  private static boolean outside(long seconds, Optional<Duration> most, long now) {
    return most.isPresent()
        && seconds != 0
        && (now - seconds > most.get().toSeconds() || seconds - now > DAY);
  }

  private Presented find(String name, HttpStream stream) {
    boolean down = false;
    for (Server server : backend.servers) {
      if (server.cookie.filter(name::equals).isEmpty()) {
        continue;
      }
      boolean up = server.load().snapshot().acceptsPersistent();
      if (up || stream.forcePersist || backend.proxy.options().has(ProxyOption.PERSIST)) {
        stream.server = server;
        stream.direct = true;
        stream.assigned = true;
        return up ? Presented.VALID : Presented.DOWN;
      }
      down = true;
    }
    return down ? Presented.DOWN : Presented.INVALID;
  }

  // ---- answers ----

  /** Does to the answer's cookies what the mode asks. */
  void write(EditableResponse response, HttpStream stream, Memory memory, boolean isPost) {
    Server server = stream.server;
    if (server == null) {
      return;
    }
    treatServersOwn(response.headers(), server, stream, memory);
    if (settings.kind() == Kind.INSERT
        && !(memory.foundInAnswer && settings.preserve())
        && (!stream.direct || datesNeedRefresh(stream, memory))
        && (!settings.postOnly() || isPost)
        && !stream.ignorePersist) {
      boolean update = server.cookie.isPresent() && stream.direct;
      response.headers().add("set-cookie", cookie(server, stream, memory));
      memory.answered = update ? Answered.UPDATED : Answered.INSERTED;
      if (settings.nocache() && mayBeCached(response)) {
        response.headers().add("cache-control", "private");
      }
    }
  }

  private void treatServersOwn(
      EditableHeaders headers, Server server, HttpStream stream, Memory memory) {
    for (int at = 0; at < headers.size(); at++) {
      if (!headers.get(at).name().equals("set-cookie")) {
        continue;
      }
      String field = headers.get(at).value();
      int equals = field.indexOf('=');
      int semicolon = field.indexOf(';');
      if (equals < 0 || !names(field.substring(0, equals))) {
        continue;
      }
      memory.foundInAnswer = true;
      Optional<String> own = server.cookie;
      if (settings.preserve()) {
        memory.answered = Answered.PRESERVED;
      } else if (settings.kind() == Kind.INSERT || stream.direct && settings.indirect()) {
        headers.removeAt(at);
        at--;
        memory.answered = Answered.DELETED;
      } else if (own.isPresent() && settings.kind() == Kind.REWRITE) {
        String rest = semicolon < 0 ? "" : field.substring(semicolon);
        headers.set(at, field.substring(0, equals + 1) + own.get() + rest);
        memory.answered = Answered.REWRITTEN;
      } else if (own.isPresent() && settings.kind() == Kind.PREFIX) {
        headers.set(
            at, field.substring(0, equals + 1) + own.get() + "~" + field.substring(equals + 1));
        memory.answered = Answered.REWRITTEN;
      }
    }
  }

  private boolean datesNeedRefresh(HttpStream stream, Memory memory) {
    long now = stream.wallNanos() / SECOND;
    boolean dated = settings.maxIdle().isPresent() || memory.lastSeconds != 0;
    return dated && (memory.lastSeconds == 0 || memory.lastSeconds < now)
        || settings.maxLife().isPresent() && memory.firstSeconds == 0
        || settings.maxLife().isEmpty() && memory.firstSeconds != 0;
  }

  private String cookie(Server server, HttpStream stream, Memory memory) {
    StringBuilder text = new StringBuilder(48).append(settings.name()).append('=');
    Optional<String> own = server.cookie;
    if (own.isEmpty()) {
      text.append("; Expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/");
    } else {
      text.append(own.get());
      if (settings.maxIdle().isPresent() || settings.maxLife().isPresent()) {
        long now = stream.wallNanos() / SECOND + 3 >> 2;
        text.append('|').append(digits(now));
        if (settings.maxLife().isPresent()) {
          text.append('|');
          text.append(memory.firstSeconds == 0 ? digits(now) : digits(memory.firstSeconds >> 2));
        }
      }
      text.append("; path=/");
    }
    for (String domain : settings.domains()) {
      text.append("; domain=").append(domain);
    }
    if (settings.httpOnly()) {
      text.append("; HttpOnly");
    }
    if (settings.secure()) {
      text.append("; Secure");
    }
    for (String attribute : settings.attributes()) {
      text.append("; ").append(attribute);
    }
    return text.toString();
  }

  /** Whether a cache on the way might keep this answer: it has a validator or says how long. */
  private static boolean mayBeCached(EditableResponse response) {
    EditableHeaders headers = response.headers();
    if (!List.of(200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501)
        .contains(response.status())) {
      return false;
    }
    boolean forbidden =
        headers.hasToken("cache-control", "private")
            || headers.hasToken("cache-control", "no-store")
            || headers.hasToken("cache-control", "no-cache")
            || headers.hasToken("cache-control", "max-age=0")
            || headers.hasToken("cache-control", "s-maxage=0")
            || headers.hasToken("pragma", "no-cache");
    return !forbidden
        && (headers.has("etag")
            || headers.has("last-modified")
            || headers.has("expires")
            || headers.all("cache-control").stream().anyMatch(value -> value.contains("max-age=")));
  }

  /** Thirty bits in five digits, as HAProxy writes dates: quarters of seconds are cut off. */
  private static String digits(long value) {
    StringBuilder text = new StringBuilder(5);
    for (int shift = 24; shift >= 0; shift -= 6) {
      text.append(DIGITS.charAt((int) (value >> shift & 63)));
    }
    return text.toString();
  }

  private static long seconds(String text) {
    if (text.length() != 5) {
      return 0;
    }
    long value = 0;
    for (int at = 0; at < 5; at++) {
      int digit = DIGITS.indexOf(text.charAt(at));
      if (digit < 0) {
        return 0;
      }
      value = value << 6 | digit;
    }
    return value << 2;
  }
}
