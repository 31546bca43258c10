package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.config.SourceSpan;

/** Reads {@code vrrp_script} blocks. */
final class ScriptReader {
  private final Values values;

  ScriptReader(Values values) {
    this.values = values;
  }

  /** Empty if the script has no command: keepalived removes it. */
  Optional<VrrpScript> read(Statement block) {
    if (block.parameters() == 0) {
      return Optional.empty();
    }
    Optional<ScriptCommand> command = Optional.empty();
    Duration interval = Duration.ofSeconds(1);
    Optional<Duration> timeout = Optional.empty();
    Weight weight = new Weight(0, false);
    int rise = 1;
    int fall = 1;
    boolean initFail = false;
    Optional<String> user = Optional.empty();
    Optional<String> group = Optional.empty();
    for (Statement s : block.block()) {
      switch (s.keyword()) {
        case "script" -> command = Values.command(s);
        case "interval" -> interval = positive(s).orElse(interval);
        case "timeout" -> timeout = positive(s);
        case "weight" -> weight = Weight.read(s, values, 253).orElse(weight);
        case "rise" -> rise = count(s);
        case "fall" -> fall = count(s);
        case "user" -> {
          user = Values.word(s, 1).map(Word::text);
          group = Values.word(s, 2).map(Word::text);
        }
        case "init_fail" -> initFail = true;
        default -> throw new IllegalArgumentException(s.keyword());
      }
    }
    SourceSpan span = block.span();
    String name = block.word(1).text();
    if (command.isEmpty()) {
      values
          .log()
          .warning(
              "script-without-command",
              "vrrp_script " + name + " has no script; it is removed",
              span);
      return Optional.empty();
    }
    ScriptCommand c = command.get();
    ScriptCommand withUser = new ScriptCommand(c.text(), c.words(), user, group, c.span());
    return Optional.of(
        new VrrpScript(
            name,
            withUser,
            interval,
            timeout.orElse(interval),
            weight.value(),
            weight.reverse(),
            rise,
            fall,
            initFail,
            span));
  }

  private Optional<Duration> positive(Statement s) {
    OptionalInt value = values.number(s, 0, Values.MOST_SECONDS);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.getAsInt() == 0) {
      values
          .log()
          .warning(
              "value-out-of-range",
              "a script's " + s.keyword() + " must be greater than 0; 1 is used",
              s.word(1).span());
    }
    return Optional.of(Duration.ofSeconds(Math.max(1, value.getAsInt())));
  }

  private int count(Statement s) {
    return values.number(s, 1, Integer.MAX_VALUE).orElse(1);
  }
}
