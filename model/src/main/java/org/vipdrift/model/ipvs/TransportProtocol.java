package org.vipdrift.model.ipvs;

import java.util.Locale;
import java.util.Optional;

/** What a service is reached by. */
public enum TransportProtocol {
  TCP(6),
  UDP(17),
  SCTP(132);

  private final int number;

  TransportProtocol(int number) {
    this.number = number;
  }

  /** As IANA assigns it. */
  public int number() {
    return number;
  }

  public static Optional<TransportProtocol> of(int number) {
    for (TransportProtocol each : values()) {
      if (each.number == number) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
