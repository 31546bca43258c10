package org.vipdrift.model.haproxy.settings;

import org.vipdrift.model.frame.IpAddress;

/** Where a server is. */
public sealed interface ServerAddress {
  record Ip(IpAddress address) implements ServerAddress {}

  /** A name, resolved when the process starts and, with resolvers, at run time. */
  record Name(String host) implements ServerAddress {}

  record Unix(String path) implements ServerAddress {}
}
