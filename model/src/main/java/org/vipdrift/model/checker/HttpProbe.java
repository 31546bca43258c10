package org.vipdrift.model.checker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** The request and the answer of HTTP_GET and SSL_GET. */
final class HttpProbe {
  private static final String END_OF_HEADER = "\r\n\r\n";

  private HttpProbe() {}

  static Octets request(CheckerSettings settings, Check.Http http, int index) {
    Check.Url url = http.urls().get(index);
    String version = http.protocol() == Check.Protocol.HTTP_1_1 ? "1.1" : "1.0";
    String close = http.protocol() == Check.Protocol.HTTP_1_0 ? "" : "Connection: close\r\n";
    Optional<String> virtualHost = url.virtualHost().or(http::virtualHost);
    int usualPort = http.tls() ? 443 : 80;
    String address =
        settings.address() instanceof IpAddress.V6
            ? "[" + settings.address() + "]"
            : settings.address().toString();
    String host =
        virtualHost.orElse(
            settings.port() == usualPort ? address : address + ":" + settings.port());
    return ProbeMachine.ascii(
        "GET "
            + url.path()
            + " HTTP/"
            + version
            + "\r\nUser-Agent: KeepAliveClient\r\n"
            + close
            + "Host: "
            + host
            + END_OF_HEADER);
  }

  /** Whether the announced length has come; without one only the end of the connection tells. */
  static boolean isComplete(Octets answer) {
    String text = ProbeMachine.text(answer);
    int end = text.indexOf(END_OF_HEADER);
    if (end < 0) {
      return false;
    }
    OptionalInt length = contentLength(text.substring(0, end));
    return length.isPresent()
        && answer.length() - end - END_OF_HEADER.length() >= length.getAsInt();
  }

  /** What is wrong with an answer; empty for nothing. */
  static String judge(Check.Http http, int index, Octets answer) {
    Check.Url url = http.urls().get(index);
    String text = ProbeMachine.text(answer);
    int end = text.indexOf(END_OF_HEADER);
    if (answer.length() == 0) {
      return "no data received from remote webserver";
    }
    int status = end < 0 ? 0 : status(text);
    if (url.statuses().stream().noneMatch(range -> range.contains(status))) {
      return "HTTP status code " + status;
    }
    String body = text.substring(end + END_OF_HEADER.length());
    if (url.digest().isPresent() && !url.digest().get().equals(md5(body))) {
      return "MD5 digest error, MD5SUM [" + md5(body) + "]";
    }
    if (url.pattern().isPresent() && found(url, body) == url.patternForbidden()) {
      return url.patternForbidden() ? "regex was matched" : "regex was not matched";
    }
    return "";
  }

  private static int status(String text) {
    String[] words = text.substring(0, text.indexOf("\r\n")).split(" ");
    boolean valid =
        words.length > 1 && words[0].startsWith("HTTP/") && words[1].matches("[0-9]{3}");
    return valid ? Integer.parseInt(words[1]) : 0;
  }

  private static OptionalInt contentLength(String header) {
    for (String line : header.split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("content-length")) {
        String value = line.substring(colon + 1).strip();
        return value.matches("[0-9]{1,9}")
            ? OptionalInt.of(Integer.parseInt(value))
            : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  /** A pattern that only PCRE understands is found nowhere. */
  private static boolean found(Check.Url url, String body) {
    try {
      int flags = url.caseless() ? Pattern.CASE_INSENSITIVE : 0;
      return Pattern.compile(url.pattern().orElse(""), flags).matcher(body).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static String md5(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.ISO_8859_1));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
