package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;

/** What is known about the interfaces of the host a configuration is for. */
final class Interfaces {
  private static final int LONGEST_NAME = 15;

  private final Optional<List<String>> existing;
  private final ProblemLog log;
  private boolean dynamic;

  Interfaces(Optional<List<String>> existing, ProblemLog log) {
    this.existing = existing;
    this.log = log;
  }

  /** After {@code dynamic_interfaces} no interface needs to exist. */
  void allowMissing() {
    dynamic = true;
  }

  /** keepalived refuses to run with an interface that does not exist. */
  void mustExist(Word word) {
    if (existing.isPresent() && !dynamic && !existing.get().contains(word.text())) {
      log.error(
          "interface-missing",
          "interface " + word.text() + " does not exist; keepalived refuses to run",
          word.span());
    }
  }

  boolean exists(String name) {
    return existing.isEmpty() || dynamic || existing.get().contains(name);
  }

  /** Whether a name fits; a longer one is reported. */
  boolean fits(Word word) {
    if (word.text().length() > LONGEST_NAME) {
      log.warning(
          "value-too-long",
          "an interface name has at most 15 characters; '" + word.text() + "' is ignored",
          word.span());
      return false;
    }
    return true;
  }
}
