package org.vipdrift.model.config.keepalived;

import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.frame.IpAddress;

/** Reads {@code real_server} blocks. */
final class RealServerReader {
  private final Values values;
  private final Definables known;

  RealServerReader(Values values, Definables known) {
    this.values = values;
    this.known = known;
  }

  /** Empty if keepalived skips it. */
  Optional<RealServerDraft> read(Statement block) {
    if (block.parameters() == 0) {
      return Optional.empty();
    }
    Optional<IpAddress> address = IpAddress.parse(block.word(1).text());
    OptionalInt port = port(block, 2);
    if (address.isEmpty() || port.isEmpty()) {
      if (address.isEmpty()) {
        values
            .log()
            .warning(
                "invalid-address",
                "'" + block.word(1).text() + "' is no address of a real server; it is skipped",
                block.word(1).span());
      }
      return Optional.empty();
    }
    RealServerDraft draft =
        new RealServerDraft(address.get(), port.getAsInt(), block.span(), values);
    block.block().forEach(s -> one(s, draft));
    return Optional.of(draft);
  }

  /** The port at an index, 0 where there is none; empty and reported if it is not one. */
  private OptionalInt port(Statement block, int index) {
    Optional<Word> word = Values.word(block, index);
    if (word.isEmpty() || word.get().text().equals("0")) {
      return OptionalInt.of(0);
    }
    return values.number(block.keyword() + " port", word.get(), 1, 65_535);
  }

  private void one(Statement s, RealServerDraft draft) {
    switch (s.keyword()) {
      case "weight" -> {
        OptionalInt weight = values.number(s, 0, Integer.MAX_VALUE);
        draft.weight = weight.isPresent() ? weight : draft.weight;
      }
      case "lvs_method" -> draft.method = new ForwardingReader(values).read(s);
      case "notify_up" -> draft.notifyUp = values.script(s);
      case "notify_down" -> draft.notifyDown = values.script(s);
      case "uthreshold" -> draft.upperThreshold = values.number(s, 0, Integer.MAX_VALUE).orElse(0);
      case "lthreshold" -> draft.lowerThreshold = values.number(s, 0, Integer.MAX_VALUE).orElse(0);
      case "alpha" -> draft.times.alpha = values.flag(s).or(() -> draft.times.alpha);
      case "inhibit_on_failure" -> draft.inhibit = values.flag(s).or(() -> draft.inhibit);
      case "virtualhost" -> draft.virtualHost = new HttpCheckReader(values).virtualHost(s);
      case "smtp_alert" -> values.flag(s);
      case "snmp_name" -> VirtualServerReader.snmpName(s, values);
      default -> {
        if (CheckTimes.knows(s.keyword())) {
          draft.times.read(s, 1);
        } else {
          new CheckerReader(values, known).read(s, draft.address).ifPresent(draft.checkers::add);
        }
      }
    }
  }
}
