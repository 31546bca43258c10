package org.vipdrift.model.haproxy.settings;

import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Octets;

/** One value an ACL compares with. */
public sealed interface AclPattern {
  record Text(String text) implements AclPattern {}

  record Number(IntegerRange range) implements AclPattern {}

  record Network(IpPrefix prefix) implements AclPattern {}

  record Expression(String regex) implements AclPattern {}

  record Binary(Octets data) implements AclPattern {}
}
