package org.vipdrift.model.config.keepalived;

import org.vipdrift.model.config.SourceSpan;

/**
 * The authentication of an instance.
 *
 * @param password what is sent: the first eight characters
 * @param configuredPassword what the file says after comments were cut off
 */
public record Authentication(
    Type type, String password, String configuredPassword, SourceSpan span) {
  /** RFC 2338's authentication types. */
  public enum Type {
    PASS,
    /** IPsec authentication header; parsed and reported, not modelled. */
    AH
  }
}
