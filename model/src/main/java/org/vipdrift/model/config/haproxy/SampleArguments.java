package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks single arguments of fetches and converters. */
final class SampleArguments {
  private static final List<String> SCOPES = List.of("proc", "sess", "txn", "req", "res", "check");

  private static final List<String> DIGESTS =
      List.of(
          "md5",
          "sha1",
          "sha224",
          "sha256",
          "sha384",
          "sha512",
          "sha512-224",
          "sha512-256",
          "sha3-224",
          "sha3-256",
          "sha3-384",
          "sha3-512",
          "shake128",
          "shake256",
          "blake2b512",
          "blake2s256",
          "ripemd160",
          "sm3",
          "md5-sha1");

  private SampleArguments() {}

  /** What is wrong with an argument of a type, if anything. */
  static Optional<String> check(String type, String value) {
    return switch (type) {
      case "integer" ->
          Numbers.whole(value).isEmpty() && !value.isEmpty()
              ? Optional.of("\"" + value + "\" is not a whole number")
              : Optional.empty();
      case "IPv4 mask" -> mask(value, 32);
      case "IPv6 mask" -> mask(value, 128);
      case "IPv4 address", "IPv6 address" ->
          Addresses.literal(value).isEmpty()
              ? Optional.of("\"" + value + "\" is not an address")
              : Optional.empty();
      case "regex" -> Expressions.problem(value);
      case "Protocol buffers field number" ->
          value.matches("[0-9]+(\\.[0-9]+)*")
              ? Optional.empty()
              : Optional.of("\"" + value + "\" is not a field number");
      default -> Optional.empty();
    };
  }

  private static Optional<String> mask(String value, int longest) {
    boolean right =
        Numbers.whole(value, 0, longest).isPresent() || Addresses.literal(value).isPresent();
    return right ? Optional.empty() : Optional.of("\"" + value + "\" is not a mask");
  }

  private static String at(List<String> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : "";
  }

  static Optional<String> checkFetch(String name, List<String> arguments) {
    return switch (name) {
      case "var" -> variable(at(arguments, 0));
      case "date" -> unit(at(arguments, 1));
      case "bool" ->
          List.of("true", "false", "0", "1").contains(at(arguments, 0).toLowerCase(Locale.ROOT))
              ? Optional.empty()
              : Optional.of("\"bool\" takes true or false");
      default -> Optional.empty();
    };
  }

  static Optional<String> checkConverter(String name, List<String> arguments) {
    return switch (name) {
      case "set-var", "unset-var" -> variable(at(arguments, 0));
      case "add", "sub", "mul", "div", "mod", "and", "or", "xor" -> number(at(arguments, 0));
      case "field" ->
          Numbers.prefix(at(arguments, 0)) == 0
              ? Optional.of("the index must not be 0")
              : Optional.empty();
      case "concat" -> at(arguments, 1).isEmpty() ? Optional.empty() : variable(at(arguments, 1));
      case "sha2" ->
          List.of("", "224", "256", "384", "512").contains(at(arguments, 0))
              ? Optional.empty()
              : Optional.of("sha2 has 224, 256, 384 or 512 bits");
      case "digest", "hmac" ->
          DIGESTS.contains(at(arguments, 0).toLowerCase(Locale.ROOT))
              ? Optional.empty()
              : Optional.of("unknown digest \"" + at(arguments, 0) + "\"");
      case "bytes" -> Optional.empty();
      case "json" ->
          List.of("", "ascii", "utf8", "utf8s", "utf8p", "utf8ps").contains(at(arguments, 0))
              ? Optional.empty()
              : Optional.of("unknown encoding \"" + at(arguments, 0) + "\"");
      case "url_enc" ->
          List.of("", "query").contains(at(arguments, 0))
              ? Optional.empty()
              : Optional.of("unexpected encoding \"" + at(arguments, 0) + "\"");
      case "http_date" -> unit(at(arguments, 1));
      case "regsub" ->
          at(arguments, 2).chars().allMatch(c -> c == 'g' || c == 'i')
              ? Optional.empty()
              : Optional.of("regsub's flags are g and i");
      default -> Optional.empty();
    };
  }

  private static Optional<String> unit(String unit) {
    return List.of("", "s", "ms", "us").contains(unit)
        ? Optional.empty()
        : Optional.of("the unit \"" + unit + "\" is none of s, ms, us");
  }

  private static Optional<String> number(String value) {
    return Numbers.whole(value).isPresent() ? Optional.empty() : variable(value);
  }

  /** What is wrong with a variable's name, if anything. */
  static Optional<String> variable(String name) {
    int dot = name.indexOf('.');
    String scope = dot < 0 ? name : name.substring(0, dot);
    if (dot < 0 || !SCOPES.contains(scope)) {
      return Optional.of(
          "the variable \""
              + name
              + "\" must begin with its scope: proc, sess, txn, req, res or"
              + " check, and a dot");
    }
    String rest = name.substring(dot + 1);
    boolean right =
        rest.chars()
            .allMatch(
                c ->
                    c == '_'
                        || c == '.'
                        || c >= '0' && c <= '9'
                        || c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z');
    return right
        ? Optional.empty()
        : Optional.of("the variable \"" + name + "\" may hold letters, digits, dots and _ only");
  }

  /** A variable's name that was checked. */
  static org.vipdrift.model.haproxy.settings.VariableName variableName(String name) {
    int dot = name.indexOf('.');
    return new org.vipdrift.model.haproxy.settings.VariableName(
        org.vipdrift.model.haproxy.settings.VariableName.Scope.valueOf(
            name.substring(0, dot).toUpperCase(Locale.ROOT)),
        name.substring(dot + 1));
  }
}
