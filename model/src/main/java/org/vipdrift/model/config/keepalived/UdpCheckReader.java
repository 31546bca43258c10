package org.vipdrift.model.config.keepalived;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.checker.Check;
import org.vipdrift.model.frame.Octets;

/** Reads what is special to {@code UDP_CHECK}. */
final class UdpCheckReader {
  private static final int LONGEST_REPLY = 255;
  private static final int DIGIT_BITS = 4;

  private final Values values;

  UdpCheckReader(Values values) {
    this.values = values;
  }

  /** Data and which of its bits count. */
  private record Hex(Octets data, Octets mask) {}

  Check read(Statement block) {
    Optional<Octets> payload = Optional.empty();
    Optional<Hex> reply = Optional.empty();
    int shortest = 0;
    int longest = LONGEST_REPLY;
    for (Statement s : block.block()) {
      switch (s.keyword()) {
        case "payload" -> {
          if (s.parameters() == 0) {
            values.log().warning("value-missing", "payload needs octets", s.span());
          } else {
            payload = hex(s, false).map(Hex::data);
          }
        }
        case "require_reply" ->
            reply =
                s.parameters() == 0
                    ? Optional.of(new Hex(Octets.EMPTY, Octets.EMPTY))
                    : hex(s, true);
        case "min_reply_length" -> shortest = length(s).orElse(shortest);
        case "max_reply_length" -> longest = length(s).orElse(longest);
        default -> {}
      }
    }
    if (shortest > longest) {
      values
          .log()
          .warning(
              "value-out-of-range",
              "min_reply_length is above max_reply_length: the check always fails",
              block.span());
    }
    int least = shortest;
    int most = longest;
    return new Check.Udp(payload, reply.map(h -> new Check.Reply(h.data(), h.mask(), least, most)));
  }

  private OptionalInt length(Statement s) {
    return values.number(s, 0, 65_535);
  }

  /** Words of digits; an odd one at the end of a word stands for an octet below 16. */
  private Optional<Hex> hex(Statement s, boolean wildcards) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream mask = new ByteArrayOutputStream();
    for (Word word : s.words().subList(1, s.words().size())) {
      String text = word.text();
      for (int i = 0; i < text.length(); i += 2) {
        String pair = text.substring(i, Math.min(i + 2, text.length()));
        int octet = 0;
        int bits = 0;
        for (char digit : pair.toCharArray()) {
          boolean wild = wildcards && (digit == 'x' || digit == 'X');
          if (!wild && Character.digit(digit, 16) < 0) {
            values.log().warning("invalid-value", "'" + text + "' is not hexadecimal", word.span());
            return Optional.empty();
          }
          octet = octet << DIGIT_BITS | (wild ? 0 : Character.digit(digit, 16));
          bits = bits << DIGIT_BITS | (wild ? 0 : 0xf);
        }
        data.write(octet);
        mask.write(pair.length() == 1 ? bits | 0xf0 : bits);
      }
    }
    return Optional.of(new Hex(Octets.adopt(data.toByteArray()), Octets.adopt(mask.toByteArray())));
  }
}
