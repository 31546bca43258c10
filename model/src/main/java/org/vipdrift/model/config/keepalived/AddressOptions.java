package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;

/** The options behind an address, while its line is being read. */
final class AddressOptions {
  private static final int LONGEST_LABEL = 15;
  private static final List<String> SCOPES = List.of("global", "site", "link", "host", "nowhere");

  private final Values values;
  private final Interfaces interfaces;
  private final Statement line;
  private final IpPrefix prefix;
  private Optional<String> device = Optional.empty();
  private Optional<String> label = Optional.empty();
  private Optional<String> scope = Optional.empty();
  private Optional<String> broadcast = Optional.empty();
  private Optional<String> peer = Optional.empty();
  private final List<String> others = new ArrayList<>();

  AddressOptions(Values values, Interfaces interfaces, Statement line, IpPrefix prefix) {
    this.values = values;
    this.interfaces = interfaces;
    this.line = line;
    this.prefix = prefix;
  }

  /** An option without a value. */
  void bare(String option) {
    others.add(option);
  }

  /** Whether keepalived keeps the address with this option. */
  boolean accept(Word option, Word value) {
    return switch (option.text()) {
      case "dev" -> device(option, value);
      case "label" -> label(option, value);
      case "scope" -> scope(option, value);
      case "brd", "broadcast" -> broadcast(value);
      case "peer" -> peer(value);
      default -> other(option.text(), value);
    };
  }

  ConfiguredAddress finish() {
    return new ConfiguredAddress(
        prefix, device, label, scope, broadcast, peer, others, line.span());
  }

  private boolean device(Word option, Word value) {
    if (device.isPresent()) {
      warn("duplicate-option", "dev is given twice; the address is left out", option);
      return false;
    }
    interfaces.mustExist(value);
    device = Optional.of(value.text());
    return true;
  }

  private boolean label(Word option, Word value) {
    if (value.text().length() > LONGEST_LABEL) {
      warn("value-too-long", "a label has at most 15 characters; the address is left out", value);
      return false;
    }
    label = onlyV4(option, value);
    return true;
  }

  private boolean scope(Word option, Word value) {
    scope = onlyV4(option, value);
    if (scope.isPresent() && !validScope(value.text())) {
      warn("invalid-value", "unknown scope '" + value.text() + "'; it is ignored", value);
      scope = Optional.empty();
    }
    return true;
  }

  private boolean broadcast(Word value) {
    if (isV6() || !validBroadcast(value.text())) {
      warn(
          "invalid-broadcast",
          "the broadcast address is not valid here; the address is left out",
          value);
      return false;
    }
    broadcast = Optional.of(value.text());
    return true;
  }

  private boolean peer(Word value) {
    if (IpAddress.parse(value.text()).isEmpty()) {
      warn("invalid-address", "'" + value.text() + "' is not a peer address", value);
    } else if (line.word(0).text().indexOf('/') >= 0) {
      warn("prefix-with-peer", "a prefix length beside a peer address is ignored", value);
    }
    peer = Optional.of(value.text());
    return true;
  }

  private boolean other(String option, Word value) {
    others.add(option + " " + value.text());
    if (option.equals("preferred_lft") && !value.text().equals("forever")) {
      values.number(option, value, 0, Integer.MAX_VALUE);
    }
    return true;
  }

  private boolean isV6() {
    return prefix.address().family() == IpFamily.IPV6;
  }

  private void warn(String code, String message, Word word) {
    values.log().warning(code, message, word.span());
  }

  private Optional<String> onlyV4(Word option, Word value) {
    if (isV6()) {
      warn("ipv4-only", option.text() + " is ignored for IPv6 addresses", option);
      return Optional.empty();
    }
    return Optional.of(value.text());
  }

  private static boolean validScope(String text) {
    return SCOPES.contains(text)
        || Numbers.whole(text).isPresent() && Numbers.whole(text).getAsLong() < 256;
  }

  private static boolean validBroadcast(String text) {
    return text.equals("+") || text.equals("-") || IpAddress.parse(text).isPresent();
  }
}
