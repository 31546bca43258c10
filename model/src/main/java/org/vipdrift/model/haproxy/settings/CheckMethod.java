package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/** What a health check does once the connection is made. */
public sealed interface CheckMethod {
  /** The connection itself is the check. */
  record TcpConnect() implements CheckMethod {}

  /**
   * {@code option httpchk} with its steps; without an {@code http-check send} the request is the
   * first step already.
   *
   * @param disableOn404 a 404 puts the server in maintenance-like drain
   * @param sendState adds {@code X-Haproxy-Server-State}
   */
  record Http(List<CheckStep> steps, boolean disableOn404, boolean sendState)
      implements CheckMethod {
    public Http {
      steps = List.copyOf(steps);
    }
  }

  /** {@code option tcp-check} with its steps. */
  record Tcp(List<CheckStep> steps) implements CheckMethod {
    public Tcp {
      steps = List.copyOf(steps);
    }
  }

  record SslHello() implements CheckMethod {}

  /**
   * @param user empty: only the greeting is read
   */
  record Mysql(Optional<String> user, boolean pre41) implements CheckMethod {}

  record Postgresql(String user) implements CheckMethod {}

  record Redis() implements CheckMethod {}

  /**
   * @param greeting {@code HELO} or {@code EHLO}
   */
  record Smtp(String greeting, String domain) implements CheckMethod {}

  record Ldap() implements CheckMethod {}

  record Spop() implements CheckMethod {}

  record External(Optional<String> path, Optional<String> command) implements CheckMethod {}
}
