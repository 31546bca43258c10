package org.vipdrift.model.haproxy.settings;

/** When an idle connection to a server is used for another client's request. */
public enum HttpReuse {
  NEVER,
  SAFE,
  AGGRESSIVE,
  ALWAYS
}
