package org.vipdrift.model.health;

/** How a check ended, named and explained as HAProxy does; the numbers of its state file. */
public enum CheckStatus {
  UNKNOWN("UNK", "Unknown", 0, Verdict.NEUTRAL),
  INITIALIZING("INI", "Initializing", 1, Verdict.NEUTRAL),
  ANALYZE("HANA", "Health analyze", 4, Verdict.FAILED),
  SOCKET_ERROR("SOCKERR", "Socket error", 5, Verdict.FAILED),
  L4OK("L4OK", "Layer4 check passed", 6, Verdict.PASSED),
  L4TOUT("L4TOUT", "Layer4 timeout", 7, Verdict.FAILED),
  L4CON("L4CON", "Layer4 connection problem", 8, Verdict.FAILED),
  L6OK("L6OK", "Layer6 check passed", 9, Verdict.PASSED),
  L6TOUT("L6TOUT", "Layer6 timeout", 10, Verdict.FAILED),
  L6RSP("L6RSP", "Layer6 invalid response", 11, Verdict.FAILED),
  L7TOUT("L7TOUT", "Layer7 timeout", 12, Verdict.FAILED),
  L7RSP("L7RSP", "Layer7 invalid response", 13, Verdict.FAILED),
  L7OK("L7OK", "Layer7 check passed", 15, Verdict.PASSED),
  L7OKC("L7OKC", "Layer7 check conditionally passed", 16, Verdict.CONDITIONALLY_PASSED),
  L7STS("L7STS", "Layer7 wrong status", 17, Verdict.FAILED);

  private final String text;
  private final String words;
  private final int number;
  private final Verdict verdict;

  CheckStatus(String text, String words, int number, Verdict verdict) {
    this.text = text;
    this.words = words;
    this.number = number;
    this.verdict = verdict;
  }

  /** What a status means for the server. */
  public enum Verdict {
    NEUTRAL,
    FAILED,
    PASSED,
    /** Up, but to be given no new clients. */
    CONDITIONALLY_PASSED
  }

  /**
   * The one of this name.
   *
   * @param text as {@code show stat} prints it
   */
  static CheckStatus of(String text) {
    for (CheckStatus status : values()) {
      if (status.text.equals(text)) {
        return status;
      }
    }
    throw new IllegalArgumentException("no status of a check: " + text);
  }

  /** As {@code show stat} prints it. */
  public String text() {
    return text;
  }

  /** As log lines say it. */
  public String words() {
    return words;
  }

  /** As {@code show servers state} prints it. */
  public int number() {
    return number;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** Whether a code belongs to it. */
  public boolean hasCode() {
    return number >= 14;
  }
}
