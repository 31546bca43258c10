package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;

/** Reads the lines of address blocks. */
final class AddressReader {
  private static final List<String> SCOPES = List.of("global", "site", "link", "host", "nowhere");
  private static final List<String> BARE =
      List.of("home", "-nodad", "mngtmpaddr", "noprefixroute", "autojoin", "no_track", "use_vmac");
  private static final List<String> WITH_VALUE =
      List.of("dev", "label", "scope", "brd", "broadcast", "peer", "preferred_lft", "track_group");

  private final Values values;
  private final Interfaces interfaces;

  AddressReader(Values values, Interfaces interfaces) {
    this.values = values;
    this.interfaces = interfaces;
  }

  /** One line; empty if keepalived leaves the address out. */
  Optional<ConfiguredAddress> read(Statement line, boolean isStatic) {
    Word first = line.word(0);
    if (first.text().startsWith("//")) {
      values
          .log()
          .add(
              Problem.of(
                      Severity.WARNING,
                      "invalid-address",
                      "'//' is no comment to keepalived: it is read as an address",
                      first.span())
                  .withSuggestion("start the comment with #"));
      return Optional.empty();
    }
    Optional<IpPrefix> prefix = prefix(first);
    if (prefix.isEmpty()) {
      warn("invalid-address", "'" + first.text() + "' is not an IP address; it is left out", first);
      return Optional.empty();
    }
    return options(line, prefix.get(), isStatic);
  }

  private Optional<IpPrefix> prefix(Word word) {
    String text = word.text();
    int slash = text.indexOf('/');
    Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (slash < 0 || address.isEmpty()) {
      return address.map(a -> new IpPrefix(a, a.family().bits()));
    }
    int most = address.get().family().bits();
    String length = text.substring(slash + 1);
    OptionalLong value = Numbers.whole(length);
    boolean valid = value.isPresent() && value.getAsLong() >= 0 && value.getAsLong() <= most;
    if (!valid && !length.isEmpty()) {
      warn(
          "invalid-prefix",
          "prefix length '" + length + "' is not 0 to " + most + "; " + most + " is used",
          word);
    }
    return Optional.of(new IpPrefix(address.get(), valid ? (int) value.getAsLong() : most));
  }

  private void warn(String code, String message, Word word) {
    values.log().warning(code, message, word.span());
  }

  private Optional<ConfiguredAddress> options(Statement line, IpPrefix prefix, boolean isStatic) {
    Optional<String> device = Optional.empty();
    Optional<String> label = Optional.empty();
    Optional<String> scope = Optional.empty();
    Optional<String> broadcast = Optional.empty();
    Optional<String> peer = Optional.empty();
    List<String> others = new ArrayList<>();
    boolean v6 = prefix.address().family() == IpFamily.IPV6;
    int i = 1;
    while (i < line.words().size()) {
      Word word = line.word(i++);
      String option = word.text();
      boolean known = WITH_VALUE.contains(option) && (isStatic || !option.equals("track_group"));
      if (!known) {
        if (BARE.contains(option)) {
          others.add(option);
        } else {
          unknown(word);
        }
        continue;
      }
      if (i == line.words().size()) {
        warn("value-missing", option + " has no value; the address is left out", word);
        return Optional.empty();
      }
      Word value = line.word(i++);
      switch (option) {
        case "dev" -> {
          if (device.isPresent()) {
            warn("duplicate-option", "dev is given twice; the address is left out", word);
            return Optional.empty();
          }
          interfaces.mustExist(value);
          device = Optional.of(value.text());
        }
        case "label" -> {
          if (value.text().length() > 15) {
            warn(
                "value-too-long",
                "a label has at most 15 characters; the address is left out",
                value);
            return Optional.empty();
          }
          label = onlyV4(v6, word, value);
        }
        case "scope" -> {
          Optional<String> found = onlyV4(v6, word, value);
          if (found.isPresent() && !validScope(value.text())) {
            warn("invalid-value", "unknown scope '" + value.text() + "'; it is ignored", value);
            found = Optional.empty();
          }
          scope = found;
        }
        case "brd", "broadcast" -> {
          if (v6 || !validBroadcast(value.text())) {
            warn(
                "invalid-broadcast",
                "the broadcast address is not valid here; the address is left out",
                value);
            return Optional.empty();
          }
          broadcast = Optional.of(value.text());
        }
        case "peer" -> {
          if (IpAddress.parse(value.text()).isEmpty()) {
            warn("invalid-address", "'" + value.text() + "' is not a peer address", value);
          } else if (line.word(0).text().indexOf('/') >= 0) {
            warn("prefix-with-peer", "a prefix length beside a peer address is ignored", value);
          }
          peer = Optional.of(value.text());
        }
        default -> {
          others.add(option + " " + value.text());
          if (option.equals("preferred_lft") && !value.text().equals("forever")) {
            values.number(option, value, 0, Integer.MAX_VALUE);
          }
        }
      }
    }
    return Optional.of(
        new ConfiguredAddress(prefix, device, label, scope, broadcast, peer, others, line.span()));
  }

  private void unknown(Word word) {
    boolean slashes = word.text().startsWith("//");
    values
        .log()
        .warning(
            "unknown-option",
            "'" + word.text() + "' is no option of an address; it is ignored",
            word.span(),
            slashes ? Optional.of("start the comment with #") : Optional.empty());
  }

  private Optional<String> onlyV4(boolean v6, Word option, Word value) {
    if (v6) {
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
