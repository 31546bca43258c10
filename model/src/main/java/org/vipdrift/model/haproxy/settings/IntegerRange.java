package org.vipdrift.model.haproxy.settings;

/**
 * Whole numbers between two bounds, both included; {@code Long.MIN_VALUE}, {@code MAX_VALUE}: open.
 */
public record IntegerRange(long first, long last) {
  public boolean contains(long value) {
    return value >= first && value <= last;
  }
}
