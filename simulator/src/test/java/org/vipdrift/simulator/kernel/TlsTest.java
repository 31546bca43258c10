package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tls.CpuTime;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;

class TlsTest {
  private final SmallNetwork network = new SmallNetwork();
  private final HostKernel client = network.host("client", "20.0.0.10/24");
  private final HostKernel server = network.host("server", "20.0.0.20/24");
  private final Program web = new Program();
  private final Program browser = new Program();

  /** A program that keeps what it hears. */
  private static final class Program implements TlsHandler {
    final List<String> heard = new ArrayList<>();
    final StringBuilder text = new StringBuilder();

    @Override
    public void connected(long cause) {
      heard.add("connected");
    }

    @Override
    public void received(Octets data, long cause) {
      text.append(new String(data.toByteArray(), StandardCharsets.US_ASCII));
    }

    @Override
    public void finished(long cause) {
      heard.add("finished");
    }

    @Override
    public void failed(Failure failure, long cause) {
      heard.add(failure.name());
    }

    @Override
    public void handshakeFailed(String problem, long cause) {
      heard.add(problem);
    }
  }

  private final List<TlsConnection> accepted = new ArrayList<>();

  private CpuTime computing(HostKernel host, Duration time) {
    return then ->
        host.clock().schedule(host.clock().monotonicNanos() + time.toNanos(), then, this);
  }

  @BeforeEach
  void serve() {
    server
        .sockets()
        .listen(
            "p",
            Optional.empty(),
            443,
            10,
            (connection, _) -> {
              accepted.add(
                  TlsConnection.accept(
                      connection,
                      name ->
                          name.isEmpty()
                              ? List.of("default.example")
                              : name.get().endsWith(".com")
                                  ? List.of("example.com", "www.example.com")
                                  : List.of(),
                      computing(server, Duration.ofMillis(2)),
                      web));
              return accepted.getLast();
            })
        .orElseThrow();
  }

  private TlsConnection connect(Optional<String> name, CpuTime cpu) {
    return TlsConnection.connect(
        client.sockets(),
        "p",
        Optional.empty(),
        IpAddress.of("20.0.0.20"),
        443,
        name,
        cpu,
        browser,
        0);
  }

  @Test
  void theHandshakeCostsARoundTripAndTheComputingOfBothSides() {
    TlsConnection tls =
        connect(Optional.of("www.example.com"), computing(client, Duration.ofMillis(1)));
    network.run(Duration.ofMillis(3));
    assertThat(browser.heard).isEmpty();
    network.run(Duration.ofMillis(1));
    assertThat(browser.heard).containsExactly("connected");
    assertThat(web.heard).containsExactly("connected");
    assertThat(tls.certificateNames()).containsExactly("example.com", "www.example.com");
    assertThat(accepted.getFirst().serverName()).contains("www.example.com");
  }

  @Test
  void dataGoesBothWaysInRecordsAndTheEndIsTold() {
    TlsConnection tls = connect(Optional.empty(), CpuTime.NONE);
    tls.send(TcpProgram.octets("early "), 0);
    network.seconds(0.1);
    String much = "0123456789".repeat(5_000);
    tls.send(TcpProgram.octets(much), 0);
    network.seconds(0.1);
    assertThat(web.text.toString()).isEqualTo("early " + much);
    accepted.getFirst().send(TcpProgram.octets("answer"), 0);
    accepted.getFirst().close(0);
    network.seconds(0.1);
    assertThat(browser.text.toString()).isEqualTo("answer");
    assertThat(browser.heard).containsExactly("connected", "finished");
    assertThat(tls.certificateNames()).containsExactly("default.example");
  }

  @Test
  void aNameWithoutACertificateIsRefusedByAnAlert() {
    connect(Optional.of("www.example.org"), CpuTime.NONE);
    network.seconds(0.1);
    assertThat(browser.heard)
        .containsExactly("the other side refused the handshake with alert 112");
    assertThat(web.heard).containsExactly("no certificate for www.example.org");
  }

  @Test
  void plainTextIsNotUnderstood() {
    TcpProgram plain = TcpProgram.connect(network, client, "20.0.0.20", 443);
    plain.send("GET / HTTP/1.0\r\n\r\n");
    network.seconds(0.1);
    assertThat(web.heard).containsExactly("expected a TLS record, got octet 71");
    assertThat(plain.heard).endsWith("finished");
  }

  @Test
  void whoHangsUpWithinTheHandshakeBreaksItOff() {
    Connection plain = TcpProgram.connect(network, client, "20.0.0.20", 443).connection();
    network.seconds(0.1);
    plain.close(0);
    network.seconds(0.1);
    assertThat(web.heard).containsExactly("the connection ended within the handshake");
  }

  @Test
  void whereNobodyListensTheConnectionFails() {
    TlsConnection.connect(
        client.sockets(),
        "p",
        Optional.empty(),
        IpAddress.of("20.0.0.20"),
        444,
        Optional.empty(),
        CpuTime.NONE,
        browser,
        0);
    network.seconds(0.1);
    assertThat(browser.heard).containsExactly("REFUSED");
  }
}
