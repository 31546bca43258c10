package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/** Reads the lines of address blocks. */
final class AddressReader {
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
    AddressOptions options = new AddressOptions(values, interfaces, line, prefix);
    int i = 1;
    while (i < line.words().size()) {
      Word word = line.word(i++);
      String option = word.text();
      boolean known = WITH_VALUE.contains(option) && (isStatic || !option.equals("track_group"));
      if (!known) {
        if (BARE.contains(option)) {
          options.bare(option);
        } else {
          unknown(word);
        }
        continue;
      }
      if (i == line.words().size()) {
        warn("value-missing", option + " has no value; the address is left out", word);
        return Optional.empty();
      }
      if (!options.accept(word, line.word(i++))) {
        return Optional.empty();
      }
    }
    return Optional.of(options.finish());
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
}
