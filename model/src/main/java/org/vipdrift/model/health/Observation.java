package org.vipdrift.model.health;

import org.vipdrift.model.haproxy.settings.ServerCheck.Observe;

/**
 * What the traffic of clients told of a server, for {@code observe}; words as HAProxy logs them.
 */
public enum Observation {
  CONNECTED("L4 successful connection", Meaning.GOOD, Meaning.NONE),
  NOT_CONNECTED("L4 unsuccessful connection", Meaning.BAD, Meaning.BAD),
  CORRECT_RESPONSE("Correct http response", Meaning.NONE, Meaning.GOOD),
  /** A status under 100 or over 499 except 501 and 505. */
  WRONG_STATUS("Wrong http response", Meaning.NONE, Meaning.BAD),
  INVALID_HEADERS("Invalid http response (headers)", Meaning.NONE, Meaning.BAD),
  INVALID_RESPONSE("Invalid http response", Meaning.NONE, Meaning.BAD),
  READ_ERROR("Read error (http)", Meaning.NONE, Meaning.BAD),
  READ_TIMEOUT("Read timeout (http)", Meaning.NONE, Meaning.BAD),
  CLOSED_EARLY("Close from server (http)", Meaning.NONE, Meaning.BAD);

  private final String words;
  private final Meaning layer4;
  private final Meaning layer7;

  Observation(String words, Meaning layer4, Meaning layer7) {
    this.words = words;
    this.layer4 = layer4;
    this.layer7 = layer7;
  }

  /** What an observation says to one kind of observer. */
  enum Meaning {
    NONE,
    GOOD,
    BAD
  }

  /** As HAProxy logs it. */
  public String words() {
    return words;
  }

  /**
   * Whether the session that tells it is at its end: HAProxy still counts it among the active ones
   * when this marks the server down.
   */
  public boolean endsSession() {
    return switch (this) {
      case NOT_CONNECTED,
          INVALID_HEADERS,
          INVALID_RESPONSE,
          READ_ERROR,
          READ_TIMEOUT,
          CLOSED_EARLY ->
          true;
      case CONNECTED, CORRECT_RESPONSE, WRONG_STATUS -> false;
    };
  }

  Meaning meaning(Observe observe) {
    return switch (observe) {
      case NONE -> Meaning.NONE;
      case LAYER4 -> layer4;
      case LAYER7 -> layer7;
    };
  }
}
