package org.vipdrift.model.config.keepalived;

import java.util.List;
import org.vipdrift.model.config.Severity;

/** Tells what keepalived says itself from what only we say. */
final class Complaints {
  /** Warnings about what keepalived 2.2.7 accepts without a word. */
  private static final List<String> OURS =
      List.of(
          "comment-in-value",
          "double-slash",
          "ah-authentication",
          "duplicate-address",
          "include-missing",
          "extra-parameters",
          "unicast-peer-self",
          "duplicate-script",
          "script-not-found",
          "group-missing",
          "group-family",
          "group-without-servers");

  private Complaints() {}

  static boolean isKeepalivedComplaint(Severity severity, String code) {
    return severity != Severity.NOTE && !OURS.contains(code);
  }
}
