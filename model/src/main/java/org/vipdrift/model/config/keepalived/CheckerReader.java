package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.model.checker.Check;
import org.vipdrift.model.frame.IpAddress;

/** Reads the checker blocks of a real server. */
final class CheckerReader {
  private static final String HELLO_NAME = "smtpchecker.keepalived.org";
  private static final int SOA = 6;

  private final Values values;
  private final Definables known;

  CheckerReader(Values values, Definables known) {
    this.values = values;
    this.known = known;
  }

  /** Empty if keepalived leaves it out, or we do not model it. */
  Optional<CheckerDraft> read(Statement block, IpAddress realServer) {
    CheckerDraft draft = new CheckerDraft(values);
    for (Statement s : block.block()) {
      common(s, draft);
    }
    draft.check =
        switch (block.keyword()) {
          case "TCP_CHECK" -> Optional.of(new Check.Tcp());
          case "PING_CHECK" -> Optional.of(new Check.Ping());
          case "HTTP_GET", "SSL_GET" -> new HttpCheckReader(values).read(block, draft);
          case "SMTP_CHECK" -> Optional.of(smtp(block, draft));
          case "DNS_CHECK" -> Optional.of(dns(block));
          case "MISC_CHECK" -> misc(block);
          case "UDP_CHECK" -> Optional.of(new UdpCheckReader(values).read(block));
          default -> {
            others(block);
            yield Optional.empty();
          }
        };
    if (draft.check.isEmpty() || draft.check.get() instanceof Check.Misc) {
      return Optional.of(draft).filter(d -> d.check.isPresent());
    }
    return reachable(block, draft, realServer) ? Optional.of(draft) : Optional.empty();
  }

  private boolean reachable(Statement block, CheckerDraft draft, IpAddress realServer) {
    IpAddress address = draft.connectAddress.orElse(realServer);
    draft.source =
        draft.source.filter(
            from -> {
              boolean same = from.family() == address.family();
              if (!same) {
                warn("invalid-address", "bindto is not of the family it connects to", block);
              }
              return same;
            });
    boolean nowhere =
        address instanceof IpAddress.V6 && address.isLinkLocal() && !draft.boundToInterface;
    if (nowhere) {
      warn("bind-if-missing", "the link-local address " + address + " needs a bind_if", block);
    }
    return !nowhere;
  }

  private void warn(String code, String message, Statement s) {
    values.log().warning(code, message, s.span());
  }

  private void common(Statement s, CheckerDraft draft) {
    switch (s.keyword()) {
      case "connect_ip" -> draft.connectAddress = values.address(s).or(() -> draft.connectAddress);
      case "connect_port" -> draft.connectPort = values.number(s, 1, 65_535).orElse(0);
      case "bindto" -> draft.source = values.address(s).or(() -> draft.source);
      case "bind_if" -> draft.boundToInterface = true;
      case "bind_port" -> values.number(s, 1, 65_535);
      case "fwmark" -> draft.mark = values.number(s, 0, 4_294_967_295L).orElse(0);
      case "alpha" -> draft.times.alpha = values.flag(s).or(() -> draft.times.alpha);
      case "log_all_failures" -> draft.logsAllFailures = values.flag(s).orElse(false);
      default -> {
        if (CheckTimes.knows(s.keyword())) {
          draft.times.read(s, 0);
        }
      }
    }
  }

  private Check smtp(Statement block, CheckerDraft draft) {
    String hello = HELLO_NAME;
    for (Statement s : block.block()) {
      if (s.keyword().equals("helo_name")) {
        if (s.parameters() == 0) {
          warn("value-missing", "helo_name needs a name; it is ignored", s);
        } else {
          hello = s.word(1).text();
        }
      } else if (s.keyword().equals("host")) {
        s.block().forEach(inner -> common(inner, draft));
      }
    }
    return new Check.Smtp(hello);
  }

  private Check dns(Statement block) {
    int type = SOA;
    Optional<String> name = Optional.empty();
    for (Statement s : block.block()) {
      if (s.parameters() == 0) {
        continue;
      }
      Word word = s.word(1);
      if (s.keyword().equals("type")) {
        Optional<Integer> read = Check.Dns.type(word.text());
        if (read.isEmpty()) {
          warn("invalid-value", "unknown DNS type '" + word.text() + "'; it is ignored", s);
        }
        type = read.orElse(type);
      } else if (s.keyword().equals("name")) {
        boolean emptyLabel =
            !word.text().equals(".") && (word.text().startsWith(".") || word.text().contains(".."));
        if (name.isPresent()) {
          warn("duplicate-value", "the name is already set; this one is ignored", s);
        } else if (emptyLabel) {
          warn("invalid-value", "the name has an empty label; it is ignored", s);
        } else {
          name = Optional.of(word.text());
        }
      }
    }
    return new Check.Dns(type, name.orElse("."));
  }

  private Optional<Check> misc(Statement block) {
    Optional<ScriptCommand> command = Optional.empty();
    Optional<Duration> timeout = Optional.empty();
    boolean dynamic = false;
    boolean refused = false;
    for (Statement s : block.block()) {
      switch (s.keyword()) {
        case "misc_path" -> command = Values.command(s);
        case "misc_timeout" -> {
          OptionalInt seconds = values.number(s, 0, Integer.MAX_VALUE);
          timeout =
              seconds.isPresent() && seconds.getAsInt() > 0
                  ? Optional.of(Duration.ofSeconds(seconds.getAsInt()))
                  : Optional.empty();
        }
        case "misc_dynamic" -> dynamic = true;
        case "user" -> {
          if (s.parameters() == 0) {
            warn("value-missing", "user needs a name; the check is left out", s);
            refused = true;
          }
        }
        default -> {}
      }
    }
    if (command.isEmpty()) {
      warn("script-without-command", "MISC_CHECK has no misc_path; it is left out", block);
    }
    boolean makesDynamic = dynamic;
    Optional<Duration> limit = timeout;
    boolean leftOut = refused;
    return command.filter(_ -> !leftOut).map(c -> new Check.Misc(words(c), limit, makesDynamic));
  }

  private static List<String> words(ScriptCommand command) {
    return command.words();
  }

  /** Only complained about: what these checks watch is not modelled. */
  private void others(Statement block) {
    boolean bfd = block.keyword().equals("BFD_CHECK");
    String keyword = bfd ? "name" : "track_file";
    Optional<Word> name = Optional.empty();
    for (Statement s : block.block()) {
      if (s.keyword().equals(keyword)) {
        name = Values.word(s, 1);
      }
    }
    boolean found =
        name.isPresent()
            && (bfd
                ? known.bfds.containsKey(name.get().text())
                : known.files.containsKey(name.get().text()));
    if (!found) {
      warn(
          "reference-missing",
          block.keyword()
              + " names no "
              + keyword.toLowerCase(Locale.ROOT)
              + " that is configured; it is left out",
          block);
    }
  }
}
