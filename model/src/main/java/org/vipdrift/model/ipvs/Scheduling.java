package org.vipdrift.model.ipvs;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;

/** How a packet without a connection gets one. */
record Scheduling(
    ConnectionTable connections, DirectorSettings settings, Timeouts timeouts, long at) {
  /** The template of a mark has this protocol. */
  private static final int ANY_PROTOCOL = 0;

  /** None when no real server takes it. */
  @Nullable Connection connect(ServiceTable table, Flow flow) {
    VirtualService service = table.service();
    if (service.persistence().isPresent()) {
      return persistent(table, service.persistence().get(), flow);
    }
    boolean wrongPort =
        service.key() instanceof ServiceKey.Address address
            && address.port() != flow.destinationPort();
    RealServer server = wrongPort ? null : table.pick(flow);
    return server == null ? null : connection(service, flow, server, null);
  }

  private @Nullable Connection persistent(ServiceTable table, Persistence persistence, Flow flow) {
    VirtualService service = table.service();
    ConnectionKey key = templateKey(service, persistence, flow);
    Connection template = connections.template(key);
    if (template != null && !isUsable(template)) {
      connections.remove(template);
      template = null;
    }
    RealServer server = template == null ? table.pick(flow) : template.server;
    if (server == null) {
      return null;
    }
    if (template == null) {
      int port = service.port() == flow.destinationPort() ? server.destination().port() : 0;
      template =
          new Connection(
              key,
              new DestinationKey(server.destination().address(), port),
              server.destination().method(),
              true,
              flow.mark());
      bind(template, server);
      template.timeoutNanos = persistence.timeout().toNanos();
      connections.add(template);
    }
    Connection connection = connection(service, flow, server, template);
    connections.touch(template, at);
    return connection;
  }

  private static ConnectionKey templateKey(
      VirtualService service, Persistence persistence, Flow flow) {
    IpAddress client = persistence.network(flow.source());
    return switch (service.key()) {
      case ServiceKey.Address address ->
          new ConnectionKey(
              flow.protocol().number(), client, 0, flow.destination(), address.port());
      case ServiceKey.Mark mark ->
          new ConnectionKey(ANY_PROTOCOL, client, 0, new IpAddress.V4(mark.mark()), 0);
    };
  }

  /** A real server of weight 0 still takes the clients that it has, unless told otherwise. */
  private boolean isUsable(Connection template) {
    RealServer server = template.server;
    return server != null
        && server.isAvailable()
        && !(settings.expireQuiescentTemplate() && server.weight() == 0);
  }

  private Connection connection(
      VirtualService service, Flow flow, RealServer server, @Nullable Connection template) {
    Destination destination = server.destination();
    int port = destination.port() == 0 ? flow.destinationPort() : destination.port();
    boolean anyPort =
        template != null && (service.port() != flow.destinationPort() || service.port() == 0);
    if (anyPort) {
      port = flow.destinationPort();
    }
    Connection connection =
        new Connection(
            new ConnectionKey(
                flow.protocol().number(),
                flow.source(),
                flow.sourcePort(),
                flow.destination(),
                flow.destinationPort()),
            new DestinationKey(destination.address(), port),
            destination.method(),
            false,
            flow.mark());
    bind(connection, server);
    if (template != null) {
      connection.control = template;
      template.controlled++;
    }
    if (!(service.onePacket() && flow.protocol() == TransportProtocol.UDP)) {
      connections.add(connection);
    }
    return connection;
  }

  private static void bind(Connection connection, RealServer server) {
    connection.server = server;
    server.bind(connection.template);
  }
}
