package org.vipdrift.simulator.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tcp.Listener;
import org.vipdrift.simulator.kernel.tcp.Sockets;

/** A program with one connection: keeps what it hears. */
final class TcpProgram implements ConnectionHandler {
  final SmallNetwork network;
  final List<String> heard = new ArrayList<>();
  final List<Long> heardAt = new ArrayList<>();
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  Optional<Connection> connection = Optional.empty();
  Runnable onData = () -> {};
  Runnable onFinish = () -> {};

  TcpProgram(SmallNetwork network) {
    this.network = network;
  }

  static Octets octets(String text) {
    return Octets.adopt(text.getBytes(StandardCharsets.US_ASCII));
  }

  static TcpProgram connect(SmallNetwork network, HostKernel host, String address, int port) {
    TcpProgram program = new TcpProgram(network);
    program.connection =
        Optional.of(
            host.sockets().connect("p", Optional.empty(), IpAddress.of(address), port, program, 7));
    return program;
  }

  /** Accepts one after another; each of them is added to the list. */
  static Listener listen(
      SmallNetwork network, HostKernel host, int port, int backlog, List<TcpProgram> accepted) {
    return host.sockets()
        .listen(
            "p",
            Optional.empty(),
            port,
            backlog,
            (connection, cause) -> {
              TcpProgram program = new TcpProgram(network);
              program.connection = Optional.of(connection);
              accepted.add(program);
              return program;
            })
        .orElseThrow();
  }

  static List<TcpProgram> listen(SmallNetwork network, HostKernel host, int port) {
    List<TcpProgram> accepted = new ArrayList<>();
    listen(network, host, port, Sockets.DEFAULT_BACKLOG, accepted);
    return accepted;
  }

  Connection connection() {
    return connection.orElseThrow();
  }

  void send(String text) {
    connection().send(octets(text), 8);
  }

  String text() {
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  private void hear(String what) {
    heard.add(what);
    heardAt.add(network.time.nowNanos());
  }

  @Override
  public void connected(long cause) {
    hear("connected");
  }

  @Override
  public void received(Octets data, long cause) {
    hear("received");
    bytes.writeBytes(data.toByteArray());
    onData.run();
  }

  @Override
  public void finished(long cause) {
    hear("finished");
    onFinish.run();
  }

  @Override
  public void failed(Failure failure, long cause) {
    hear(failure.name());
  }
}
