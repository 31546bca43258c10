package org.vipdrift.model.config.keepalived;

import java.util.Optional;
import org.vipdrift.model.ipvs.ForwardingMethod;

/** Reads {@code lvs_method} and its older name {@code lb_kind}. */
final class ForwardingReader {
  private final Values values;

  ForwardingReader(Values values) {
    this.values = values;
  }

  /** Empty and reported if it names no method. */
  Optional<ForwardingMethod> read(Statement s) {
    Optional<Word> word = Values.word(s, 1);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<ForwardingMethod> method =
        switch (word.get().text()) {
          case "NAT" -> Optional.of(ForwardingMethod.NAT);
          case "DR" -> Optional.of(ForwardingMethod.DIRECT_ROUTING);
          case "TUN" -> Optional.of(ForwardingMethod.TUNNEL);
          default -> Optional.empty();
        };
    if (method.isEmpty()) {
      warn("unknown routing method '" + word.get().text() + "': NAT, DR or TUN", word.get());
    } else if (method.get() == ForwardingMethod.TUNNEL) {
      tunnel(s);
    } else if (s.parameters() > 1) {
      warn("'" + s.word(2).text() + "' is no option of this method", s.word(2));
    }
    return method;
  }

  private void warn(String message, Word word) {
    values.log().warning("invalid-value", message, word.span());
  }

  private void tunnel(Statement s) {
    String type = "ipip";
    boolean port = false;
    String checksum = "";
    for (int i = 2; i < s.words().size(); i++) {
      Word word = s.word(i);
      switch (word.text()) {
        case "type" -> {
          if (i + 1 == s.words().size()) {
            warn("the tunnel type is missing", word);
          } else {
            type = type(s.word(++i));
          }
        }
        case "port" -> {
          port = true;
          if (i + 1 == s.words().size()) {
            warn("the port is missing", word);
          } else {
            values.number("port", s.word(++i), 1, 65_535);
          }
        }
        case "nocsum", "csum", "remcsum" -> checksum = word.text();
        default -> warn("'" + word.text() + "' is no option of a tunnel", word);
      }
    }
    Word last = s.words().getLast();
    if (port != type.equals("gue")) {
      warn("gue tunnels need a port, and no others have one", last);
    } else if (type.equals("ipip") && !checksum.isEmpty()) {
      warn("ipip tunnels have no checksum option", last);
    } else if (type.equals("gre") && checksum.equals("remcsum")) {
      warn("gre tunnels have no remote checksum", last);
    }
    if (!type.equals("ipip")) {
      values
          .log()
          .note("not-modelled", type + " tunnels are accepted, not modelled: ipip is", s.span());
    }
  }

  private String type(Word word) {
    return switch (word.text()) {
      case "ipip", "gue", "gre" -> word.text();
      default -> {
        warn("unknown tunnel type '" + word.text() + "'", word);
        yield "ipip";
      }
    };
  }
}
