package org.vipdrift.model.haproxy.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpDate;

/** The converters of HAProxy 2.6 that are modelled, by name. */
public final class Converters {
  /** A function applied to a fetched value. */
  @FunctionalInterface
  interface Converter {
    Optional<Sample> convert(Sample value, SampleContext context);
  }

  private static final Map<String, Function<List<String>, Converter>> TABLE = new TreeMap<>();

  private Converters() {}

  /** Whether a converter has a value here. */
  public static boolean knows(String name) {
    return TABLE.containsKey(name);
  }

  static Converter compile(String name, List<String> arguments) {
    Function<List<String>, Converter> maker = TABLE.get(name);
    return maker == null ? (_, _) -> Optional.empty() : maker.apply(arguments);
  }

  private static String argument(List<String> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : "";
  }

  private static void text(String name, UnaryOperator<String> function) {
    TABLE.put(name, _ -> (value, _) -> Optional.of(new Sample.Text(function.apply(value.text()))));
  }

  private static void textWith(String name, Function<List<String>, UnaryOperator<String>> maker) {
    TABLE.put(
        name,
        arguments -> {
          UnaryOperator<String> function = maker.apply(arguments);
          return (value, _) -> Optional.of(new Sample.Text(function.apply(value.text())));
        });
  }

  /** An operand is a number or the name of a variable. */
  private static void arithmetic(String name, LongBinaryOperator operator) {
    TABLE.put(
        name,
        arguments -> {
          String operand = argument(arguments, 0).strip();
          return (value, context) -> {
            OptionalLong left = value.number();
            OptionalLong right =
                operand.matches("-?[0-9]+")
                    ? OptionalLong.of(Long.parseLong(operand))
                    : context
                        .variable(Variables.name(operand))
                        .map(Sample::number)
                        .orElse(OptionalLong.empty());
            return left.isPresent() && right.isPresent()
                ? Optional.of(
                    new Sample.Number(operator.applyAsLong(left.getAsLong(), right.getAsLong())))
                : Optional.empty();
          };
        });
  }

  private static void flag(String name, Function<Sample, Boolean> function) {
    TABLE.put(name, _ -> (value, _) -> Optional.of(new Sample.Flag(function.apply(value))));
  }

  /** {@code word(3,/)} leaves empty words out, {@code field(3,/)} counts them. */
  private static Function<List<String>, Converter> piece(boolean words) {
    return arguments -> {
      int wanted = Integer.parseInt(argument(arguments, 0).strip());
      String delimiters = argument(arguments, 1).isEmpty() ? "," : argument(arguments, 1);
      return (value, _) -> {
        List<String> pieces = cut(value.text(), delimiters, words);
        int index = wanted > 0 ? wanted - 1 : pieces.size() + wanted;
        return index >= 0 && index < pieces.size()
            ? Optional.of(new Sample.Text(pieces.get(index)))
            : words ? Optional.of(new Sample.Text("")) : Optional.empty();
      };
    };
  }

  private static List<String> cut(String text, String delimiters, boolean words) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || delimiters.indexOf(text.charAt(at)) >= 0) {
        if (!words || at > start) {
          pieces.add(text.substring(start, at));
        }
        start = at + 1;
      }
    }
    return pieces;
  }

  private static Converter substitution(List<String> arguments) {
    String flags = argument(arguments, 2);
    Pattern pattern =
        Pattern.compile(argument(arguments, 0), flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0);
    String replacement =
        argument(arguments, 1).replace("$", "\\$").replaceAll("\\\\([0-9])", "\\$$1");
    boolean all = flags.contains("g");
    return (value, _) ->
        Optional.of(
            new Sample.Text(
                all
                    ? pattern.matcher(value.text()).replaceAll(replacement)
                    : pattern.matcher(value.text()).replaceFirst(replacement)));
  }

  private static Converter mask(List<String> arguments) {
    String v4 = argument(arguments, 0);
    int bits4 =
        v4.indexOf('.') < 0
            ? Integer.parseInt(v4)
            : Integer.bitCount(((IpAddress.V4) IpAddress.of(v4)).bits());
    String v6 = argument(arguments, 1);
    int bits6 = v6.isEmpty() ? 128 : Integer.parseInt(v6);
    return (value, _) ->
        value
            .address()
            .map(a -> new Sample.Address(a.mask(a instanceof IpAddress.V4 ? bits4 : bits6)));
  }

  private static String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      int high = c == '%' && at + 2 < text.length() ? hexadecimal(text.charAt(at + 1)) : -1;
      int low = high < 0 ? -1 : hexadecimal(text.charAt(at + 2));
      if (low >= 0) {
        decoded.append((char) (high << 4 | low));
        at += 2;
      } else {
        decoded.append(c);
      }
    }
    return decoded.toString();
  }

  private static int hexadecimal(char digit) {
    return digit < 128 ? Character.digit(digit, 16) : -1;
  }

  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 8);
    for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
      char c = (char) (octet & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static Optional<Sample> decoded(String base64) {
    try {
      return Optional.of(new Sample.Binary(Octets.adopt(Base64.getDecoder().decode(base64))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long divide(long left, long right) {
    return right == 0 ? Long.MAX_VALUE : left / right;
  }

  private static long remainder(long left, long right) {
    return right == 0 ? 0 : left % right;
  }

  private static String trimmedLeft(String text, String characters) {
    int at = 0;
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(at);
  }

  private static String trimmedRight(String text, String characters) {
    int end = text.length();
    while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String withoutPort(String host) {
    int close = host.indexOf(']');
    int colon = host.indexOf(':', Math.max(0, close));
    return colon < 0 ? host : host.substring(0, colon);
  }

  private static Optional<Sample> portOf(String host, List<String> arguments) {
    int close = host.indexOf(']');
    int colon = host.indexOf(':', Math.max(0, close));
    String port = colon < 0 ? argument(arguments, 0) : host.substring(colon + 1);
    return port.matches("[0-9]{1,5}")
        ? Optional.of(new Sample.Number(Long.parseLong(port)))
        : Optional.of(new Sample.Number(0));
  }

  private static String slice(String text, List<String> arguments) {
    int from = Math.min(text.length(), Integer.parseInt(argument(arguments, 0).strip()));
    String length = argument(arguments, 1).strip();
    int to =
        length.isEmpty() ? text.length() : Math.min(text.length(), from + Integer.parseInt(length));
    return text.substring(from, to);
  }

  static {
    text("lower", s -> s.toLowerCase(Locale.ROOT));
    text("upper", s -> s.toUpperCase(Locale.ROOT));
    text("host_only", s -> withoutPort(s).toLowerCase(Locale.ROOT));
    text("url_dec", Converters::percentDecoded);
    text("url_enc", Converters::percentEncoded);
    textWith("ltrim", a -> s -> trimmedLeft(s, argument(a, 0)));
    textWith("rtrim", a -> s -> trimmedRight(s, argument(a, 0)));
    textWith("bytes", a -> s -> slice(s, a));
    TABLE.put("word", piece(true));
    TABLE.put("field", piece(false));
    TABLE.put("regsub", Converters::substitution);
    TABLE.put("ipmask", Converters::mask);
    TABLE.put("port_only", a -> (value, _) -> portOf(value.text(), a));
    TABLE.put("length", _ -> (v, _) -> Optional.of(new Sample.Number(v.text().length())));
    TABLE.put(
        "base64",
        _ ->
            (v, _) -> Optional.of(new Sample.Text(Base64.getEncoder().encodeToString(v.octets()))));
    TABLE.put("b64dec", _ -> (v, _) -> decoded(v.text()));
    TABLE.put(
        "hex",
        _ ->
            (v, _) ->
                Optional.of(new Sample.Text(new Sample.Binary(Octets.adopt(v.octets())).text())));
    TABLE.put(
        "concat",
        a ->
            (v, context) -> {
              String middle =
                  argument(a, 1).isEmpty()
                      ? ""
                      : context
                          .variable(Variables.name(argument(a, 1)))
                          .map(Sample::text)
                          .orElse("");
              return Optional.of(
                  new Sample.Text(v.text() + argument(a, 0) + middle + argument(a, 2)));
            });
    TABLE.put("iif", a -> (v, _) -> Optional.of(new Sample.Text(argument(a, v.isTrue() ? 0 : 1))));
    TABLE.put(
        "strcmp",
        a ->
            (v, context) ->
                context
                    .variable(Variables.name(argument(a, 0)))
                    .map(other -> new Sample.Number(v.text().compareTo(other.text()))));
    TABLE.put(
        "set-var",
        a ->
            (v, context) -> {
              context.setVariable(Variables.name(argument(a, 0)), v);
              return Optional.of(v);
            });
    TABLE.put(
        "http_date",
        _ ->
            (v, _) -> {
              OptionalLong seconds = v.number();
              return seconds.isPresent()
                  ? Optional.of(
                      new Sample.Text(HttpDate.format(seconds.getAsLong() * 1_000_000_000L)))
                  : Optional.empty();
            });
    arithmetic("add", Long::sum);
    arithmetic("sub", (l, r) -> l - r);
    arithmetic("mul", (l, r) -> l * r);
    arithmetic("div", Converters::divide);
    arithmetic("mod", Converters::remainder);
    arithmetic("and", (l, r) -> l & r);
    arithmetic("or", (l, r) -> l | r);
    arithmetic("xor", (l, r) -> l ^ r);
    flag("bool", Sample::isTrue);
    flag("not", v -> !v.isTrue());
    flag("odd", v -> v.number().orElse(0) % 2 != 0);
    flag("even", v -> v.number().orElse(0) % 2 == 0);
    TABLE.put("neg", _ -> (v, _) -> Optional.of(new Sample.Number(-v.number().orElse(0))));
    TABLE.put(
        "in_table",
        a ->
            (v, c) ->
                Optional.of(
                    new Sample.Flag(c.figures().stored(argument(a, 0), v, "exists").isPresent())));
    for (String figure :
        List.of(
            "conn_cur", "conn_cnt", "conn_rate", "http_req_cnt", "http_req_rate", "server_id")) {
      TABLE.put(
          "table_" + figure,
          a ->
              (v, c) ->
                  Optional.of(
                      new Sample.Number(c.figures().stored(argument(a, 0), v, figure).orElse(0))));
    }
  }
}
