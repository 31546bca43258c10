package org.vipdrift.model.ipvs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service in use: its real servers in the kernel's order, and its scheduler. */
final class ServiceTable {
  private VirtualService service;
  private SchedulerState scheduler;
  private final DirectorSettings settings;
  private final List<RealServer> servers = new ArrayList<>();

  ServiceTable(VirtualService service, DirectorSettings settings) {
    this.service = service;
    this.settings = settings;
    this.scheduler = SchedulerState.of(service, settings);
  }

  VirtualService service() {
    return service;
  }

  List<RealServer> servers() {
    return servers;
  }

  /** Another scheduler begins anew with the same real servers. */
  void edit(VirtualService next) {
    boolean sameScheduler =
        next.rule() == service.rule()
            && next.fallback() == service.fallback()
            && next.hashPort() == service.hashPort();
    service = next;
    if (!sameScheduler) {
      scheduler = SchedulerState.of(next, settings);
      scheduler.changed(servers);
      scheduler.added(servers);
    }
  }

  @Nullable RealServer find(DestinationKey key) {
    for (RealServer server : servers) {
      if (server.destination().key().equals(key)) {
        return server;
      }
    }
    return null;
  }

  void add(RealServer server) {
    servers.addFirst(server);
    scheduler.added(servers);
  }

  void changed() {
    scheduler.changed(servers);
  }

  void remove(RealServer server) {
    int index = servers.indexOf(server);
    servers.remove(index);
    server.remove();
    scheduler.removed(servers, server, index);
  }

  @Nullable RealServer pick(Flow flow) {
    return scheduler.pick(servers, flow);
  }
}
