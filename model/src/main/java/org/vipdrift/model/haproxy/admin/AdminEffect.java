package org.vipdrift.model.haproxy.admin;

import org.vipdrift.model.health.HealthBoard.ServerRef;
import org.vipdrift.model.health.HealthEvent;

/** What a command on the stats socket makes happen. */
public sealed interface AdminEffect {
  record ToServer(ServerRef server, HealthEvent event) implements AdminEffect {}

  record EnableFrontend(String frontend, boolean enabled) implements AdminEffect {}

  record LimitServer(ServerRef server, int connections) implements AdminEffect {}

  record ShutdownSessions(ServerRef server) implements AdminEffect {}
}
