package org.vipdrift.model.config.haproxy;

import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.frame.IpAddress;

/** What is known of host names. */
final class HostNames {
  private HostNames() {}

  /** The address of a name, if the options know names. */
  static Optional<IpAddress> address(Reading reading, String name) {
    Optional<IpAddress> shortened =
        Addresses.literal(Addresses.whole(name)).filter(a -> !Addresses.whole(name).equals(name));
    return shortened.isPresent()
        ? shortened
        : reading
            .options
            .hosts()
            .flatMap(h -> Optional.ofNullable(h.get(name)))
            .flatMap(Addresses::literal);
  }

  /** Reports a name that cannot be resolved; true if it may stand. */
  static boolean check(Reading reading, String name, SourceSpan span) {
    if (reading.options.hosts().isEmpty() || !Addresses.whole(name).equals(name)) {
      return true;
    }
    if (reading.options.hosts().get().containsKey(name)) {
      return true;
    }
    reading.log.error(
        "unresolved-name",
        "could not resolve the address \"" + name + "\"",
        span,
        Suggestions.didYouMean(name, reading.options.hosts().get().keySet()));
    return false;
  }
}
