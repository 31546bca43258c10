package org.vipdrift.model.haproxy.settings;

import org.vipdrift.model.frame.IpAddress;

/** Where a socket listens. */
public sealed interface BindAddress {
  /** An IPv4 or IPv6 address; 0.0.0.0 for {@code *}. */
  record Ip(IpAddress address) implements BindAddress {}

  /** A Unix socket, or with {@code abstract} one without a file. */
  record Unix(String path, boolean isAbstract) implements BindAddress {}

  /** An inherited file descriptor. */
  record Descriptor(int number) implements BindAddress {}
}
