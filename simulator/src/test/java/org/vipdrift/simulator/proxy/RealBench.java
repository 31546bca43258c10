package org.vipdrift.simulator.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpRequest;

/** The bench with the real HAProxy, on loopback; threads, since that is how its peers run. */
final class RealBench implements Bench {
  private final Map<String, RealServer> servers = new LinkedHashMap<>();
  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final DatagramSocket logSocket;
  private final Process haproxy;
  private final Path folder;
  private final int port;

  /** Whether haproxy 2.6 is there. */
  static boolean isInstalled() {
    try {
      Process version = new ProcessBuilder("haproxy", "-v").redirectErrorStream(true).start();
      String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return version.waitFor(5, TimeUnit.SECONDS) && text.contains("version 2.6.");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  RealBench(String configuration) {
    try {
      String text = configuration;
      for (String name : SimulatedBench.SERVERS) {
        RealServer server = new RealServer(name);
        servers.put(name, server);
        text = text.replace("$" + name, "127.0.0.1:" + server.port());
      }
      text = text.replace("$dead2", "127.0.0.1:" + freePort());
      text = text.replace("$dead", "127.0.0.1:" + freePort());
      port = freePort();
      logSocket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      text = text.replace("$inner", "127.0.0.1:" + freePort());
      text = text.replace("$certificates", SimulatedBench.CERTIFICATES.toString());
      text = text.replace("$bind", "127.0.0.1:" + port);
      text = text.replace("$log", "127.0.0.1:" + logSocket.getLocalPort());
      start(this::readLog);
      folder = Files.createTempDirectory("haproxy");
      Path file = folder.resolve("haproxy.cfg");
      Files.writeString(file, text);
      haproxy =
          new ProcessBuilder("haproxy", "-db", "-f", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      awaitStart();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable run) {
    Thread.ofPlatform().daemon().start(run);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      if (!haproxy.isAlive()) {
        throw new IllegalStateException(
            "haproxy refused: " + Files.readString(folder.resolve("output")));
      }
      if (listens()) {
        log.clear();
        return;
      }
      pause(20);
    }
    throw new IllegalStateException("haproxy does not listen");
  }

  /** Looked up in the kernel's table: a connection would be logged. */
  private boolean listens() throws IOException {
    String wanted = String.format(java.util.Locale.ROOT, "0100007F:%04X 00000000:0000 0A", port);
    return Files.readString(Path.of("/proc/net/tcp")).contains(wanted);
  }

  private void readLog() {
    byte[] buffer = new byte[65_536];
    while (!logSocket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        logSocket.receive(packet);
        String text =
            new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1).stripTrailing();
        int message = text.indexOf("]: ");
        log.add(message < 0 ? text : text.substring(message + 3));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** A server that does as its mode says. */
  private static final class RealServer {
    private final String name;
    private final ServerSocket socket;
    private final List<String> seen = new ArrayList<>();
    private volatile String mode = "ok";
    private volatile String status = "200 OK";
    private volatile String headers = "";

    RealServer(String name) throws IOException {
      this.name = name;
      this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
      start(this::accept);
    }

    int port() {
      return socket.getLocalPort();
    }

    private void accept() {
      while (!socket.isClosed()) {
        try {
          Socket client = socket.accept();
          client.setTcpNoDelay(true);
          start(() -> serve(client));
        } catch (IOException e) {
          return;
        }
      }
    }

    private void serve(Socket client) {
      HttpReader reader = HttpReader.ofRequests();
      byte[] buffer = new byte[65_536];
      try (client) {
        int length = client.getInputStream().read(buffer);
        boolean begins = true;
        while (length >= 0) {
          byte[] data = java.util.Arrays.copyOf(buffer, length);
          Preamble preamble = begins ? Preamble.of(data) : new Preamble("", data);
          begins = false;
          if (!preamble.told().isEmpty()) {
            synchronized (seen) {
              seen.add(preamble.told());
            }
          }
          reader.add(Octets.copyOf(preamble.rest()));
          while (reader.next() instanceof HttpReader.Found.Whole(HttpRequest request)) {
            synchronized (seen) {
              seen.add(request.toString());
            }
            if (!answer(client, request)) {
              return;
            }
          }
          length = client.getInputStream().read(buffer);
        }
      } catch (IOException e) {
        return;
      }
    }

    /** Whether the connection goes on. */
    private boolean answer(Socket client, HttpRequest request) throws IOException {
      String now = mode;
      switch (now) {
        case "hang" -> {
          return true;
        }
        case "reset" -> {
          client.setSoLinger(true, 0);
          return false;
        }
        case "close" -> {
          return false;
        }
        case "garbage" -> {
          write(client, "hello\r\n\r\n");
          return false;
        }
        default -> {
          if (now.startsWith("slow:")) {
            sleep(Integer.parseInt(now.substring(5)));
          }
          write(
              client,
              "HTTP/1.1 "
                  + status
                  + "\r\n"
                  + headers
                  + "Content-Length: "
                  + name.length()
                  + "\r\n\r\n"
                  + (request.method().equals("HEAD") ? "" : name));
          return !now.equals("okclose");
        }
      }
    }

    private static void write(Socket to, String text) throws IOException {
      OutputStream out = to.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  private static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private static Got exchange(Socket socket, String request) throws IOException {
    long from = System.nanoTime();
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return read(socket, SimulatedBench.methodOf(request), from);
  }

  private static Got read(Socket socket, String method, long from) throws IOException {
    StringBuilder text = new StringBuilder();
    String end = "open";
    byte[] buffer = new byte[65_536];
    InputStream in = socket.getInputStream();
    socket.setSoTimeout(10_000);
    long at = System.nanoTime();
    try {
      boolean whole = false;
      while (true) {
        if (!whole && SimulatedBench.whole(text.toString(), method)) {
          whole = true;
          socket.setSoTimeout(20);
        }
        int length = in.read(buffer);
        if (length < 0) {
          end = "closed";
          at = System.nanoTime();
          break;
        }
        at = System.nanoTime();
        text.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketTimeoutException e) {
      end = "open";
    } catch (SocketException e) {
      end = "RESET";
    }
    return new Got(text.toString(), end, (at - from) / 1_000_000);
  }

  @Override
  public Got ask(String request) {
    try (Socket socket = connect()) {
      return exchange(socket, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Got askSecurely(String serverName, String request) {
    try (Socket plain = connect();
        SSLSocket socket =
            (SSLSocket) trusting().getSocketFactory().createSocket(plain, null, port, false)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(
          serverName.isEmpty() ? List.of() : List.of(new SNIHostName(serverName)));
      socket.setSSLParameters(parameters);
      long from = System.nanoTime();
      try {
        socket.startHandshake();
      } catch (IOException e) {
        return new Got("", "handshake failed", (System.nanoTime() - from) / 1_000_000);
      }
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      StringBuilder names = new StringBuilder();
      for (List<?> name : certificate.getSubjectAlternativeNames()) {
        names.append(name.get(1)).append(' ');
      }
      Got got = exchange(socket, request);
      return new Got(names + got.text(), got.end(), got.milliseconds());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@code curl -k}. */
  private static SSLContext trusting() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, new TrustManager[] {new Everybody()}, null);
    return context;
  }

  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Override
  public List<Got> converse(List<String> requests) {
    List<Got> got = new ArrayList<>();
    try (Socket socket = connect()) {
      for (String request : requests) {
        got.add(exchange(socket, request));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return got;
  }

  @Override
  public List<Got> together(int apart, List<String> requests) {
    Got[] got = new Got[requests.size()];
    List<Thread> threads = new ArrayList<>();
    for (int at = 0; at < got.length; at++) {
      int index = at;
      threads.add(Thread.ofPlatform().start(() -> got[index] = ask(requests.get(index))));
      pause(apart);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.of(got);
  }

  @Override
  public void mode(String server, String mode) {
    servers.get(server).mode = mode;
  }

  @Override
  public void answers(String server, String status, String headers) {
    servers.get(server).status = status;
    servers.get(server).headers = headers;
  }

  @Override
  public List<String> seen(String server) {
    RealServer at = servers.get(server);
    synchronized (at.seen) {
      List<String> seen = List.copyOf(at.seen);
      at.seen.clear();
      return seen;
    }
  }

  @Override
  public List<String> log() {
    pause(60);
    List<String> lines = List.copyOf(log);
    log.clear();
    return lines;
  }

  @Override
  public void pause(int milliseconds) {
    sleep(milliseconds);
  }

  @Override
  public void close() {
    haproxy.destroy();
    logSocket.close();
    for (RealServer server : servers.values()) {
      try {
        server.socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    try (var files = Files.list(folder)) {
      haproxy.waitFor(5, TimeUnit.SECONDS);
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
