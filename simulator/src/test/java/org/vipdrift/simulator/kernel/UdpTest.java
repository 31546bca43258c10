package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.udp.DatagramHandler;
import org.vipdrift.simulator.kernel.udp.DatagramSocket;

class UdpTest {
  private static final IpAddress SERVER = IpAddress.of("20.0.0.20");

  private final SmallNetwork network = new SmallNetwork();
  private final HostKernel client = network.host("client", "20.0.0.10/24");
  private final HostKernel server = network.host("server", "20.0.0.20/24");
  private final List<String> heardByClient = new ArrayList<>();
  private final List<String> heardByServer = new ArrayList<>();

  private record Listening(List<String> heard) implements DatagramHandler {
    @Override
    public void received(IpAddress source, int port, Octets data, long cause) {
      heard.add(source + ": " + new String(data.toByteArray(), StandardCharsets.US_ASCII));
    }

    @Override
    public void unreachable(IpAddress destination, int port, boolean nobodyListens, long cause) {
      heard.add(destination + " port " + port + (nobodyListens ? " refused" : " unreachable"));
    }
  }

  private Optional<DatagramSocket> serve(Optional<IpAddress> address) {
    return server.datagrams().open("p", address, 53, new Listening(heardByServer));
  }

  private DatagramSocket clientSocket() {
    return client
        .datagrams()
        .open("p", Optional.empty(), 0, new Listening(heardByClient))
        .orElseThrow();
  }

  private void send(DatagramSocket from, IpAddress to, String text) {
    from.send(to, 53, TcpProgram.octets(text), 0);
    network.seconds(0.01);
  }

  @Test
  void aDatagramArrivesAndTheAnswerToo() {
    DatagramSocket serving = serve(Optional.empty()).orElseThrow();
    DatagramSocket socket = clientSocket();
    send(socket, SERVER, "question");
    assertThat(heardByServer).containsExactly("20.0.0.10: question");
    serving.send(IpAddress.of("20.0.0.10"), socket.localPort(), TcpProgram.octets("answer"), 0);
    network.seconds(0.01);
    assertThat(heardByClient).containsExactly("20.0.0.20: answer");
  }

  @Test
  void aPortIsTakenOnce() {
    assertThat(serve(Optional.of(SERVER))).isPresent();
    assertThat(serve(Optional.of(SERVER))).isEmpty();
    assertThat(serve(Optional.empty())).isEmpty();
    server.closeOwner("p");
    server.openOwner("p");
    assertThat(serve(Optional.empty())).isPresent();
  }

  @Test
  void whereNobodyListensTheSenderIsTold() {
    send(clientSocket(), SERVER, "anybody?");
    assertThat(heardByClient).containsExactly("20.0.0.20 port 53 refused");
  }

  @Test
  void whoDoesNotAnswerArpIsUnreachable() {
    send(clientSocket(), IpAddress.of("20.0.0.99"), "anybody?");
    network.seconds(4);
    assertThat(heardByClient).containsExactly("20.0.0.99 port 53 unreachable");
  }

  @Test
  void aFrozenProcessReadsWhatFittedIntoItsBufferAtTheThaw() {
    serve(Optional.empty());
    DatagramSocket socket = clientSocket();
    server.freezeOwner("p");
    for (int i = 0; i < 1000; i++) {
      send(socket, SERVER, "x".repeat(300));
    }
    assertThat(heardByServer).isEmpty();
    server.thawOwner("p");
    network.seconds(0.01);
    assertThat(heardByServer).hasSizeBetween(150, 250);
  }

  @Test
  void aHostReachesItself() {
    serve(Optional.empty());
    DatagramSocket local =
        server
            .datagrams()
            .open("p", Optional.empty(), 0, new Listening(heardByClient))
            .orElseThrow();
    send(local, IpAddress.of("127.0.0.1"), "me");
    assertThat(heardByServer).containsExactly("127.0.0.1: me");
  }
}
