package org.vipdrift.model.ipvs;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/** A director with one service at 10.0.0.100:80, for tests. */
final class Tables {
  static final IpAddress VIP = IpAddress.parse("10.0.0.100").orElseThrow();
  static final ServiceKey KEY = new ServiceKey.Address(TransportProtocol.TCP, VIP, 80);
  static final long SECOND = 1_000_000_000L;

  final Director director;
  long at;
  private int nextPort = 1024;

  Tables(DirectorSettings settings, VirtualService service) {
    director = new Director(settings);
    director.addService(service);
  }

  static Tables of(SchedulingRule rule) {
    return new Tables(DirectorSettings.DEFAULT, VirtualService.of(KEY, rule));
  }

  static IpAddress server(int number) {
    return new IpAddress.V4(0x0a000100 + number);
  }

  static IpAddress client(int number) {
    return new IpAddress.V4(0xc0a80000 + number);
  }

  /** Adds real server 1, 2, ... with these weights, so that the last comes first. */
  Tables with(List<Integer> weights) {
    for (int i = 0; i < weights.size(); i++) {
      director.addDestination(
          KEY, Destination.of(server(i + 1), 80, ForwardingMethod.NAT, weights.get(i)));
    }
    return this;
  }

  void weigh(int number, int weight) {
    director.editDestination(KEY, Destination.of(server(number), 80, ForwardingMethod.NAT, weight));
  }

  Decision send(IpAddress from, int port, PacketKind kind) {
    return director.fromClient(new Flow(TransportProtocol.TCP, from, port, VIP, 80, 0), kind, at);
  }

  /** The number of the real server that a new connection of a client is given; 0 for none. */
  int connect(IpAddress from) {
    return number(send(from, nextPort++, PacketKind.SYN));
  }

  int connect() {
    return connect(client(1));
  }

  static int number(Decision decision) {
    return decision instanceof Decision.Forward(Connection connection)
        ? ((IpAddress.V4) connection.address()).bits() - 0x0a000100
        : 0;
  }

  Optional<Connection> reply(int server, IpAddress to, int port, PacketKind kind) {
    return director.fromServer(
        new Flow(TransportProtocol.TCP, server(server), 80, to, port, 0), kind, at);
  }

  String sequence(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(connect());
    }
    return text.toString();
  }

  void pass(long seconds) {
    at += seconds * SECOND;
  }
}
