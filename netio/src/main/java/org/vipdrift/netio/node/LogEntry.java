package org.vipdrift.netio.node;

/**
 * One line of the log.
 *
 * @param program as syslog names it: {@code Keepalived} or {@code Keepalived_vrrp}
 * @param detail whether only {@code -D} shows it
 */
public record LogEntry(long atNanos, String program, boolean detail, String text) {
  static final String PARENT = "Keepalived";
  static final String VRRP = "Keepalived_vrrp";
}
