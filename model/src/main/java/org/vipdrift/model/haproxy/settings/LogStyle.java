package org.vipdrift.model.haproxy.settings;

/** Which kind of log line a proxy writes. */
public enum LogStyle {
  /** "Connect from ... to ...", when nothing is configured. */
  DEFAULT,
  TCP,
  HTTP,
  HTTPS,
  CLF,
  /** {@code log-format} with a text of its own. */
  CUSTOM
}
