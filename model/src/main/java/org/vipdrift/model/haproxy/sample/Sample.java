package org.vipdrift.model.haproxy.sample;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** A value fetched from a session. */
public sealed interface Sample {
  Sample TRUE = new Flag(true);
  Sample FALSE = new Flag(false);

  record Flag(boolean value) implements Sample {}

  record Number(long value) implements Sample {}

  record Text(String value) implements Sample {}

  record Address(IpAddress value) implements Sample {}

  record Binary(Octets value) implements Sample {}

  static List<Sample> none() {
    return List.of();
  }

  static List<Sample> of(boolean value) {
    return List.of(value ? TRUE : FALSE);
  }

  static List<Sample> of(long value) {
    return List.of(new Number(value));
  }

  static List<Sample> of(String value) {
    return List.of(new Text(value));
  }

  static List<Sample> of(IpAddress value) {
    return List.of(new Address(value));
  }

  static List<Sample> of(Optional<String> value) {
    return value.isPresent() ? of(value.get()) : none();
  }

  /** As text: a flag is 1 or 0, octets are their hexadecimal digits in capitals. */
  default String text() {
    return switch (this) {
      case Flag(boolean value) -> value ? "1" : "0";
      case Number(long value) -> Long.toString(value);
      case Text(String value) -> value;
      case Address(IpAddress value) -> value.toString();
      case Binary(Octets value) ->
          HexFormat.of().formatHex(value.toByteArray()).toUpperCase(Locale.ROOT);
    };
  }

  /** As a number; a text counts as far as it is one. */
  default OptionalLong number() {
    return switch (this) {
      case Flag(boolean value) -> OptionalLong.of(value ? 1 : 0);
      case Number(long value) -> OptionalLong.of(value);
      case Text(String value) -> leadingNumber(value);
      case Address(IpAddress value) ->
          value instanceof IpAddress.V4(int bits)
              ? OptionalLong.of(bits & 0xffffffffL)
              : OptionalLong.empty();
      case Binary _ -> OptionalLong.empty();
    };
  }

  /** As an address, if it is one. */
  default Optional<IpAddress> address() {
    return switch (this) {
      case Address(IpAddress value) -> Optional.of(value);
      case Text(String value) -> IpAddress.parse(value.strip());
      case Number(long value) -> Optional.of(new IpAddress.V4((int) value));
      case Flag _, Binary _ -> Optional.empty();
    };
  }

  /** The octets behind it. */
  default byte[] octets() {
    return switch (this) {
      case Binary(Octets value) -> value.toByteArray();
      case Flag _, Number _, Text _, Address _ -> text().getBytes(StandardCharsets.ISO_8859_1);
    };
  }

  /** Whether it counts as true. */
  default boolean isTrue() {
    return switch (this) {
      case Flag(boolean value) -> value;
      case Number(long value) -> value != 0;
      case Text _, Address _, Binary _ -> {
        OptionalLong number = number();
        yield number.isPresent() && number.getAsLong() != 0;
      }
    };
  }

  private static OptionalLong leadingNumber(String text) {
    int at = 0;
    boolean negative = text.startsWith("-");
    if (negative) {
      at = 1;
    }
    long value = 0;
    int digits = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && digits < 18) {
      value = value * 10 + (text.charAt(at) - '0');
      at++;
      digits++;
    }
    return digits == 0 ? OptionalLong.empty() : OptionalLong.of(negative ? -value : value);
  }
}
