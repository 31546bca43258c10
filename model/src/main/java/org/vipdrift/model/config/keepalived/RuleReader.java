package org.vipdrift.model.config.keepalived;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.route.RoutingRule;
import org.vipdrift.model.route.RoutingRule.Action;

/** Reads the lines of {@code virtual_rules} and {@code static_rules} of one file. */
final class RuleReader {
  private static final int FIRST_FREE_PRIORITY = 16_384;
  private static final List<String> UNUSED =
      List.of("realms", "suppress_ifgroup", "track_group", "tun_id");

  private final Values values;
  private final Interfaces interfaces;
  private final Map<IpFamily, Integer> freePriorities = new EnumMap<>(IpFamily.class);

  RuleReader(Values values, Interfaces interfaces) {
    this.values = values;
    this.interfaces = interfaces;
  }

  void read(Statement block, List<RoutingRule> into) {
    values
        .log()
        .note(
            "not-simulated",
            "routing rules are for real nodes: in the simulation they decide nothing",
            block.span());
    block.block().forEach(line -> read(line).ifPresent(into::add));
  }

  /** Empty, and reported, where keepalived leaves the rule out. */
  private Optional<RoutingRule> read(Statement line) {
    Draft draft = new Draft(new RouteWords(line, values, interfaces));
    while (draft.words.more()) {
      if (!draft.option(draft.words.next())) {
        return Optional.empty();
      }
    }
    if (draft.action.isEmpty()) {
      values.log().warning("value-missing", "the rule has no action; it is left out", line.span());
      return Optional.empty();
    }
    boolean mixed =
        draft.from.isPresent()
            && draft.to.isPresent()
            && draft.from.get().address().family() != draft.to.get().address().family();
    if (mixed) {
      values
          .log()
          .warning("family-mismatch", "the rule mixes IPv4 and IPv6; it is left out", line.span());
      return Optional.empty();
    }
    IpFamily family =
        draft.from.or(() -> draft.to).map(p -> p.address().family()).orElse(draft.family);
    int priority = draft.priority.orElseGet(() -> free(family, line));
    return Optional.of(draft.finish(family, priority));
  }

  /** keepalived counts down, for each family. */
  private int free(IpFamily family, Statement line) {
    int priority = freePriorities.getOrDefault(family, FIRST_FREE_PRIORITY);
    freePriorities.put(family, priority - 1);
    values
        .log()
        .warning(
            "rule-without-priority",
            "the rule has no priority; " + priority + " is used, which is hardly what you want",
            line.span());
    return priority;
  }

  private static final class Draft {
    private final RouteWords words;
    private IpFamily family = IpFamily.IPV4;
    private boolean inverted;
    private boolean tracked = true;
    private Optional<IpPrefix> from = Optional.empty();
    private Optional<IpPrefix> to = Optional.empty();
    private Optional<String> in = Optional.empty();
    private Optional<String> out = Optional.empty();
    private Optional<RoutingRule.Mark> mark = Optional.empty();
    private Optional<RoutingRule.Users> users = Optional.empty();
    private int typeOfService;
    private Optional<Action> action = Optional.empty();
    private int table;
    private int target;
    private OptionalInt suppress = OptionalInt.empty();
    private OptionalInt priority = OptionalInt.empty();
    private OptionalInt protocol = OptionalInt.empty();

    Draft(RouteWords words) {
      this.words = words;
    }

    boolean option(Word word) {
      switch (word.text()) {
        case "not" -> inverted = true;
        case "inet6" -> family = IpFamily.IPV6;
        case "inet", "type" -> {}
        case "no_track" -> tracked = false;
        case "blackhole" -> action = Optional.of(Action.BLACKHOLE);
        case "unreachable" -> action = Optional.of(Action.UNREACHABLE);
        case "prohibit" -> action = Optional.of(Action.PROHIBIT);
        case "nop" -> action = Optional.of(Action.NOP);
        case "goto" -> {
          action = Optional.of(Action.GOTO);
          OptionalInt read = words.number(word, 0, Integer.MAX_VALUE);
          target = read.orElse(0);
          return read.isPresent();
        }
        case "table", "lookup" -> {
          action = Optional.of(Action.LOOKUP);
          OptionalInt read = words.table(word);
          table = read.orElse(0);
          return read.isPresent();
        }
        default -> {
          return selector(word);
        }
      }
      return true;
    }

    private boolean selector(Word word) {
      switch (word.text()) {
        case "from" -> from = words.prefixOf(word);
        case "to" -> to = words.prefixOf(word);
        case "iif", "dev" -> in = words.device(word);
        case "oif" -> out = words.device(word);
        case "fwmark" -> mark = mark(word);
        case "tos", "dsfield" -> typeOfService = words.number(word, 0, 255).orElse(0);
        case "priority", "preference", "order" ->
            priority = words.number(word, 0, Integer.MAX_VALUE);
        case "protocol" -> protocol = words.protocol(word);
        case "suppress_prefixlength", "sup_pl" -> suppress = words.number(word, 0, 128);
        case "uidrange" -> users = users(word);
        default -> {
          if (UNUSED.contains(word.text())) {
            words.notUsed(word);
            return true;
          }
          words.unknown(word);
          return false;
        }
      }
      return true;
    }

    private Optional<RoutingRule.Mark> mark(Word word) {
      Optional<int[]> both = numbers(word, "/", -1);
      return both.map(b -> new RoutingRule.Mark(b[0], b[1]));
    }

    private Optional<RoutingRule.Users> users(Word word) {
      Optional<int[]> both = numbers(word, "-", 0);
      return both.map(b -> new RoutingRule.Users(b[0], b[1]));
    }

    private Optional<int[]> numbers(Word word, String separator, int otherwise) {
      Optional<String[]> pair = words.pair(word, separator);
      if (pair.isEmpty()) {
        return Optional.empty();
      }
      OptionalLong first = unsigned(pair.get()[0]);
      OptionalLong second =
          pair.get().length > 1 ? unsigned(pair.get()[1]) : OptionalLong.of(otherwise);
      if (first.isEmpty() || second.isEmpty()) {
        words.unknown(word);
        return Optional.empty();
      }
      return Optional.of(new int[] {(int) first.getAsLong(), (int) second.getAsLong()});
    }

    private static OptionalLong unsigned(String text) {
      try {
        long value = Long.decode(text);
        return value >= 0 && value <= 0xffff_ffffL ? OptionalLong.of(value) : OptionalLong.empty();
      } catch (NumberFormatException _) {
        return OptionalLong.empty();
      }
    }

    RoutingRule finish(IpFamily ofFamily, int ofPriority) {
      return new RoutingRule(
          ofFamily,
          inverted,
          from,
          to,
          in,
          out,
          mark,
          typeOfService,
          users,
          action.orElseThrow(),
          table,
          target,
          suppress,
          ofPriority,
          tracked ? RouteEntry.KEEPALIVED_PROTOCOL : protocol.orElse(0));
    }
  }
}
