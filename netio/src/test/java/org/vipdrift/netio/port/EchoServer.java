package org.vipdrift.netio.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Sends back on the loopback interface whatever comes; a thread for each connection. */
final class EchoServer implements AutoCloseable {
  private static final char[] PASSWORD = "contract".toCharArray();

  private final List<AutoCloseable> sockets = new CopyOnWriteArrayList<>();

  private EchoServer() {}

  static EchoServer tcp(int port, String greeting) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return serve(socket, greeting);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static EchoServer tls(int port, String certificateName) {
    try {
      ServerSocket socket =
          certified(certificateName).getServerSocketFactory().createServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return serve(socket, "");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static EchoServer udp(int port) {
    EchoServer server = new EchoServer();
    try {
      DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress());
      server.sockets.add(socket);
      NamedThreads.thread("echo-udp", () -> echoDatagrams(socket)).start();
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable socket : sockets) {
      try {
        socket.close();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  private static EchoServer serve(ServerSocket socket, String greeting) {
    EchoServer server = new EchoServer();
    server.sockets.add(socket);
    NamedThreads.thread("echo-accept", () -> server.accept(socket, greeting)).start();
    return server;
  }

  private void accept(ServerSocket listener, String greeting) {
    try {
      while (true) {
        Socket connection = listener.accept();
        sockets.add(connection);
        NamedThreads.thread("echo-tcp", () -> echo(connection, greeting)).start();
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private static void echo(Socket connection, String greeting) {
    try (connection) {
      connection.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
      connection.getOutputStream().flush();
      InputStream in = connection.getInputStream();
      byte[] octets = new byte[4096];
      for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
        connection.getOutputStream().write(octets, 0, count);
        connection.getOutputStream().flush();
      }
    } catch (IOException _) {
      // The other side has gone, or the server has been closed.
    }
  }

  private static void echoDatagrams(DatagramSocket socket) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private static SSLContext certified(String name) throws IOException {
    Path folder = Files.createTempDirectory("vipdrift-certificate");
    Path store = folder.resolve("keys.p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name,
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(PASSWORD))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool makes no certificate");
      }
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | InterruptedException failure) {
      throw new IOException(failure);
    } finally {
      Files.deleteIfExists(store);
      Files.delete(folder);
    }
  }
}
