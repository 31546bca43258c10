package org.vipdrift.netio.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A declared server's certificate, as clients see it. */
class TlsTest {
  private static final int PATIENCE_MILLIS = 20_000;

  private HttpsServer server;

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(Requirement.isInstalled("openssl"), "needs openssl");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(Tls.ofServer(List.of("shop.example", "20.0.0.100")));
    server.start();
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.stop(0);
    }
  }

  private String protocolFor(String host, boolean anyName) throws IOException {
    Socket connection = new Socket(server.getAddress().getAddress(), server.getAddress().getPort());
    try (SSLSocket tls =
        Tls.shakeHands(Tls.ofClients(), connection, host, anyName, PATIENCE_MILLIS)) {
      return tls.getSession().getProtocol();
    }
  }

  @Test
  void itIsForTheNamesAndAddressesOfTheScenario() throws IOException {
    assertThat(protocolFor("shop.example", false)).isEqualTo("TLSv1.3");
    assertThat(protocolFor("20.0.0.100", false)).isEqualTo("TLSv1.3");
  }

  @Test
  void anotherNameIsRefusedUnlessAnyWillDo() throws IOException {
    assertThatThrownBy(() -> protocolFor("other.example", false)).isInstanceOf(SSLException.class);
    assertThat(protocolFor("other.example", true)).isEqualTo("TLSv1.3");
  }
}
