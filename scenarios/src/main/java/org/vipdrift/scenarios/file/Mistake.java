package org.vipdrift.scenarios.file;

import java.util.Locale;

/** The sorts of mistakes in a scenario; their codes are stable. */
enum Mistake {
  /** Not readable as YAML. */
  YAML_SYNTAX,
  /** A value of the wrong type or out of range. */
  WRONG_VALUE,
  UNKNOWN_KEY,
  MISSING_KEY,
  DUPLICATE_KEY,
  /** Keys that exclude each other, or more or fewer than are wanted. */
  CONFLICTING_KEYS,
  UNKNOWN_ACTION,
  UNKNOWN_EXPECTATION,
  /** A host, interface, segment, process, client, script or entry that does not exist. */
  UNKNOWN_NAME,
  DUPLICATE_NAME,
  MALFORMED_NAME,
  HOST_WITHOUT_INTERFACE,
  ADDRESS_TAKEN,
  ADDRESS_OUTSIDE_SUBNET,
  UNUSABLE_ADDRESS,
  UNREADABLE_FILE,
  AFTER_END,
  EMPTY_INTERVAL,
  DOES_NOT_HEAL,
  /** A keepalived.conf of a pair without a VRRP instance. */
  NO_INSTANCE,
  NOT_IN_THIS_VERSION,
  /** Only a note: a script that is not at hand is taken to succeed. */
  SCRIPT_DECLARED;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
