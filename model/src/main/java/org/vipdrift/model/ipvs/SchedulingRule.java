package org.vipdrift.model.ipvs;

import java.util.Locale;
import java.util.Optional;

/** The schedulers of IPVS that are modelled. */
public enum SchedulingRule {
  /** Round robin. */
  RR,
  /** Weighted round robin. */
  WRR,
  /** Least connections. */
  LC,
  /** Weighted least connections. */
  WLC,
  /** Source hashing. */
  SH,
  /** Destination hashing. */
  DH,
  /** Shortest expected delay. */
  SED,
  /** Never queue. */
  NQ,
  /** Maglev hashing. */
  MH,
  /** Weighted failover: the heaviest takes all. */
  FO,
  /** Weighted overflow: the heaviest that has fewer active connections than its weight. */
  OVF;

  /** By its name in {@code ipvsadm}. */
  public static Optional<SchedulingRule> of(String name) {
    for (SchedulingRule each : values()) {
      if (each.toString().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Its name in {@code ipvsadm}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
