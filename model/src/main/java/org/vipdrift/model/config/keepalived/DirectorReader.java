package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.checker.DirectorDefinitions;
import org.vipdrift.model.checker.DirectorDefinitions.FlushAtStop;
import org.vipdrift.model.checker.DirectorDefinitions.SyncDaemon;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.ipvs.SyncMessage;
import org.vipdrift.model.ipvs.Timeouts;

/** Reads the {@code lvs_*} statements of {@code global_defs}. */
final class DirectorReader {
  private static final int MOST_SECONDS = 86_400 * 31;
  private static final int TTL = 1;

  private final Values values;
  private Optional<Draft> daemon = Optional.empty();
  private Optional<Timeouts> timeouts = Optional.empty();
  private boolean flushAtStart;
  private FlushAtStop flushAtStop = FlushAtStop.NO;
  private boolean logsAllFailures;

  DirectorReader(Values values) {
    this.values = values;
  }

  /** The daemon while the instances are not known yet. */
  private record Draft(
      String networkInterface,
      Optional<String> instance,
      OptionalInt syncId,
      IpAddress group,
      int port,
      int ttl) {}

  boolean logsAllFailures() {
    return logsAllFailures;
  }

  /** Whether the statement was one of these. */
  boolean read(Statement s) {
    switch (s.keyword()) {
      case "lvs_sync_daemon" -> syncDaemon(s);
      case "lvs_timeouts" -> timeouts(s);
      case "lvs_flush" -> flushAtStart = true;
      case "lvs_flush_on_stop", "lvs_flush_onstop" -> flushAtStop(s);
      case "checker_log_all_failures" -> logsAllFailures = values.flag(s).orElse(logsAllFailures);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void warn(String message, Word word) {
    values.log().warning("invalid-value", message, word.span());
  }

  private void flushAtStop(Statement s) {
    if (s.parameters() == 0) {
      flushAtStop = FlushAtStop.ALL;
    } else if (s.word(1).text().equals("VS")) {
      flushAtStop = FlushAtStop.SERVICES;
    } else {
      warn("unknown " + s.keyword() + " type '" + s.word(1).text() + "'", s.word(1));
    }
  }

  private void timeouts(Statement s) {
    if (s.parameters() < 2) {
      values
          .log()
          .warning("value-missing", "lvs_timeouts needs tcp, tcpfin or udp with a time", s.span());
      return;
    }
    Timeouts set = Timeouts.DEFAULT;
    for (int i = 1; i < s.words().size(); i++) {
      Word option = s.word(i);
      boolean known =
          option.text().equals("tcp")
              || option.text().equals("tcpfin")
              || option.text().equals("udp");
      if (!known || i + 1 == s.words().size()) {
        warn("'" + option.text() + "' is no option with a value of lvs_timeouts", option);
        continue;
      }
      OptionalInt seconds = values.number(option.text(), s.word(++i), 0, MOST_SECONDS);
      if (seconds.isPresent() && seconds.getAsInt() > 0) {
        Duration time = Duration.ofSeconds(seconds.getAsInt());
        set =
            switch (option.text()) {
              case "tcp" -> new Timeouts(time, set.tcpFin(), set.udp());
              case "tcpfin" -> new Timeouts(set.tcp(), time, set.udp());
              default -> new Timeouts(set.tcp(), set.tcpFin(), time);
            };
      }
    }
    timeouts = Optional.of(set);
  }

  private void syncDaemon(Statement s) {
    if (s.parameters() == 0) {
      values.log().warning("value-missing", "lvs_sync_daemon needs an interface", s.span());
      return;
    }
    Optional<String> instance = Optional.empty();
    OptionalInt id = OptionalInt.empty();
    IpAddress group = SyncDaemon.GROUP;
    int port = SyncMessage.PORT;
    int ttl = TTL;
    for (int i = 2; i < s.words().size(); i++) {
      Word option = s.word(i);
      Optional<Word> value = Values.word(s, i + 1);
      switch (option.text()) {
        case "inst", "id", "maxlen", "port", "ttl", "group" -> {
          i++;
          if (value.isEmpty()) {
            warn("no value for " + option.text(), option);
            continue;
          }
          switch (option.text()) {
            case "inst" -> instance = Optional.of(value.get().text());
            case "id" -> id = values.number("id", value.get(), 0, 255);
            case "maxlen" -> values.number("maxlen", value.get(), 1, 65_507);
            case "port" -> port = values.number("port", value.get(), 1, 65_535).orElse(port);
            case "ttl" -> ttl = values.number("ttl", value.get(), 1, 255).orElse(ttl);
            default -> group = group(value.get()).orElse(group);
          }
        }
        default -> {
          if (i == 2) {
            instance = Optional.of(option.text());
          } else if (id.isEmpty() && i == 3) {
            id = values.number("id", option, 0, 255);
          } else {
            warn("unknown option '" + option.text() + "' of lvs_sync_daemon", option);
          }
        }
      }
    }
    daemon = Optional.of(new Draft(s.word(1).text(), instance, id, group, port, ttl));
  }

  private Optional<IpAddress> group(Word word) {
    Optional<IpAddress> group = IpAddress.parse(word.text()).filter(IpAddress::isMulticast);
    if (group.isEmpty()) {
      warn("'" + word.text() + "' is no multicast address; it is ignored", word);
    }
    return group;
  }

  DirectorDefinitions finish(List<VrrpInstanceBlock> instances) {
    Optional<SyncDaemon> finished =
        daemon.map(
            d -> {
              Optional<VrrpInstanceBlock> instance =
                  instances.stream()
                      .filter(b -> d.instance().equals(Optional.of(b.name())))
                      .findFirst();
              int id = d.syncId().orElse(instance.map(VrrpInstanceBlock::vrid).orElse(0));
              return new SyncDaemon(
                  d.networkInterface(),
                  instance.map(VrrpInstanceBlock::name),
                  id,
                  d.group(),
                  d.port(),
                  d.ttl());
            });
    return new DirectorDefinitions(finished, timeouts, flushAtStart, flushAtStop);
  }
}
