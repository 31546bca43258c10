package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;

/**
 * What a parse depends on besides the files.
 *
 * @param configId the {@code -i} option; keepalived takes the host name's first label by default
 * @param hostInterfaces the interfaces that exist; if empty, no interface is called missing
 * @param randomSeed seeds {@code ${_RANDOM}} where the file names no seed
 */
public record ParseOptions(
    Optional<String> configId, Optional<List<String>> hostInterfaces, long randomSeed) {
  /** No configuration id, interfaces unknown. */
  public static final ParseOptions DEFAULT =
      new ParseOptions(Optional.empty(), Optional.empty(), 1);

  public ParseOptions {
    hostInterfaces = hostInterfaces.map(List::copyOf);
  }

  public ParseOptions withConfigId(String id) {
    return new ParseOptions(Optional.of(id), hostInterfaces, randomSeed);
  }

  public ParseOptions withHostInterfaces(List<String> names) {
    return new ParseOptions(configId, Optional.of(names), randomSeed);
  }
}
