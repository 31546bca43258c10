package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;

/** What the options of an address line come to. */
final class AddressOptions {
  private static final List<String> SCOPES = List.of("global", "site", "link", "host", "nowhere");
  private static final int LONGEST_LABEL = 15;

  private final Values values;
  private final Interfaces interfaces;
  private final IpPrefix prefix;
  private final boolean v6;
  private final List<String> others = new ArrayList<>();
  private Optional<String> device = Optional.empty();
  private Optional<String> label = Optional.empty();
  private Optional<String> scope = Optional.empty();
  private Optional<String> broadcast = Optional.empty();
  private Optional<String> peer = Optional.empty();

  AddressOptions(Values values, Interfaces interfaces, IpPrefix prefix) {
    this.values = values;
    this.interfaces = interfaces;
    this.prefix = prefix;
    this.v6 = prefix.address().family() == IpFamily.IPV6;
  }

  /** An option without a value. */
  void take(Word option) {
    others.add(option.text());
  }

  /** An option with a value; false if keepalived leaves the address out because of it. */
  boolean take(Word option, Word value, Statement line) {
    return switch (option.text()) {
      case "dev" -> takeDevice(option, value);
      case "label" -> takeLabel(option, value);
      case "scope" -> {
        scope = onlyV4(option, value).filter(_ -> isScope(value));
        yield true;
      }
      case "brd", "broadcast" -> takeBroadcast(value);
      case "peer" -> {
        takePeer(value, line);
        yield true;
      }
      default -> {
        others.add(option.text() + " " + value.text());
        if (option.text().equals("preferred_lft") && !value.text().equals("forever")) {
          values.number(option.text(), value, 0, Integer.MAX_VALUE);
        }
        yield true;
      }
    };
  }

  ConfiguredAddress address(SourceSpan span) {
    return new ConfiguredAddress(prefix, device, label, scope, broadcast, peer, others, span);
  }

  private boolean takeDevice(Word option, Word value) {
    if (device.isPresent()) {
      warn("duplicate-option", "dev is given twice; the address is left out", option);
      return false;
    }
    interfaces.mustExist(value);
    device = Optional.of(value.text());
    return true;
  }

  private boolean takeLabel(Word option, Word value) {
    if (value.text().length() > LONGEST_LABEL) {
      warn(
          "value-too-long",
          "a label has at most " + LONGEST_LABEL + " characters; the address is left out",
          value);
      return false;
    }
    label = onlyV4(option, value);
    return true;
  }

  private boolean isScope(Word value) {
    String text = value.text();
    boolean valid =
        SCOPES.contains(text)
            || Numbers.whole(text).isPresent() && Numbers.whole(text).getAsLong() < 256;
    if (!valid) {
      warn("invalid-value", "unknown scope '" + text + "'; it is ignored", value);
    }
    return valid;
  }

  private boolean takeBroadcast(Word value) {
    String text = value.text();
    boolean valid = text.equals("+") || text.equals("-") || IpAddress.parse(text).isPresent();
    if (v6 || !valid) {
      warn(
          "invalid-broadcast",
          "the broadcast address is not valid here; the address is left out",
          value);
      return false;
    }
    broadcast = Optional.of(text);
    return true;
  }

  private void takePeer(Word value, Statement line) {
    if (IpAddress.parse(value.text()).isEmpty()) {
      warn("invalid-address", "'" + value.text() + "' is not a peer address", value);
    } else if (line.word(0).text().indexOf('/') >= 0) {
      warn("prefix-with-peer", "a prefix length beside a peer address is ignored", value);
    }
    peer = Optional.of(value.text());
  }

  private Optional<String> onlyV4(Word option, Word value) {
    if (v6) {
      warn("ipv4-only", option.text() + " is ignored for IPv6 addresses", option);
      return Optional.empty();
    }
    return Optional.of(value.text());
  }

  private void warn(String code, String message, Word word) {
    values.log().warning(code, message, word.span());
  }
}
