package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** Reads {@code virtual_server_group} blocks: addresses, ranges and marks. */
final class ServerGroupReader {
  private static final int MOST_ADDRESSES = 65_536;
  private static final long MOST_MARK = 4_294_967_295L;

  private final Values values;

  ServerGroupReader(Values values) {
    this.values = values;
  }

  /** What a line of a group stands for. */
  sealed interface Entry {
    record Endpoint(IpAddress address, int port) implements Entry {}

    record Mark(int mark, IpFamily family) implements Entry {}
  }

  /** Empty and reported if nothing is left. */
  List<Entry> read(Statement block) {
    List<Entry> entries = new ArrayList<>();
    for (Statement line : block.block()) {
      if (line.keyword().equals("fwmark")) {
        mark(line).ifPresent(entries::add);
      } else {
        entries.addAll(range(line));
      }
    }
    if (entries.isEmpty()) {
      values
          .log()
          .warning(
              "empty-group",
              "the virtual_server_group has no entries; it is removed",
              block.span());
    }
    return entries;
  }

  private Optional<Entry> mark(Statement line) {
    if (line.parameters() == 0) {
      values
          .log()
          .error(
              "missing-parameter",
              "'fwmark' needs a parameter; keepalived refuses to run without it",
              line.span());
      return Optional.empty();
    }
    OptionalLong mark = mark(line.word(1), values);
    String family = line.parameters() > 1 ? line.word(2).text() : "inet";
    boolean known = family.equals("inet") || family.equals("inet6");
    if (!known) {
      values.log().warning("invalid-value", "unknown family '" + family + "'", line.word(2).span());
    }
    if (mark.isEmpty() || !known) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry.Mark(
            (int) mark.getAsLong(), family.equals("inet6") ? IpFamily.IPV6 : IpFamily.IPV4));
  }

  static OptionalLong mark(Word word, Values values) {
    OptionalLong mark = Numbers.whole(word.text());
    if (mark.isPresent() && mark.getAsLong() >= 0 && mark.getAsLong() <= MOST_MARK) {
      return mark;
    }
    values.number("fwmark", word, 0, MOST_MARK);
    return OptionalLong.empty();
  }

  private List<Entry> range(Statement line) {
    Word word = line.word(0);
    int port = 0;
    if (line.parameters() > 0 && !line.word(1).text().equals("0")) {
      OptionalInt read = values.number("port", line.word(1), 1, 65_535);
      if (read.isEmpty()) {
        return List.of();
      }
      port = read.getAsInt();
    }
    List<IpAddress> addresses = addresses(word);
    List<Entry> entries = new ArrayList<>();
    for (IpAddress address : addresses) {
      entries.add(new Entry.Endpoint(address, port));
    }
    return entries;
  }

  private List<IpAddress> addresses(Word word) {
    String text = word.text();
    int slash = text.indexOf('/');
    int dash = text.indexOf('-');
    int end = slash >= 0 ? slash : dash >= 0 ? dash : text.length();
    Optional<IpAddress> first = IpAddress.parse(text.substring(0, end));
    if (first.isEmpty()) {
      return refused(word, "is no address of a virtual server");
    }
    if (slash >= 0) {
      return network(word, first.get(), text.substring(slash + 1));
    }
    return dash >= 0 ? span(word, first.get(), text.substring(dash + 1)) : List.of(first.get());
  }

  private List<IpAddress> refused(Word word, String why) {
    values
        .log()
        .warning("invalid-address", "'" + word.text() + "' " + why + "; skipped", word.span());
    return List.of();
  }

  private List<IpAddress> network(Word word, IpAddress first, String length) {
    OptionalLong bits = Numbers.whole(length);
    int all = first.family().bits();
    if (bits.isEmpty() || bits.getAsLong() < 1 || bits.getAsLong() > all) {
      return refused(word, "has no mask length from 1 to " + all);
    }
    if (!first.mask((int) bits.getAsLong()).equals(first)) {
      return refused(word, "has bits outside of its mask");
    }
    long count = all - bits.getAsLong() > 16 ? MOST_ADDRESSES : 1L << all - bits.getAsLong();
    return counted(first, count);
  }

  private List<IpAddress> span(Word word, IpAddress first, String end) {
    int base = first instanceof IpAddress.V6 ? 16 : 10;
    int modulus = first instanceof IpAddress.V6 ? 65_536 : 256;
    Optional<IpAddress> last = IpAddress.parse(end);
    long from = low(first) % modulus;
    if (last.isPresent() && last.get().family() == first.family()) {
      long count = low(last.get()) - low(first) + 1;
      return count < 2
          ? refused(word, "does not end above its start")
          : counted(first, Math.min(MOST_ADDRESSES, count));
    }
    long to;
    try {
      to = Long.parseLong(end, base);
    } catch (NumberFormatException e) {
      return refused(word, "has no end");
    }
    if (to >= modulus) {
      return refused(word, "ends too high");
    }
    return to <= from
        ? refused(word, "does not end above its start")
        : counted(first, to - from + 1);
  }

  private static long low(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> bits & 0xffff_ffffL;
      case IpAddress.V6(_, long low) -> low;
    };
  }

  private static List<IpAddress> counted(IpAddress first, long count) {
    List<IpAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addresses.add(
          switch (first) {
            case IpAddress.V4(int bits) -> new IpAddress.V4(bits + i);
            case IpAddress.V6(long high, long low) -> new IpAddress.V6(high, low + i);
          });
    }
    return addresses;
  }
}
