package org.vipdrift.model.balance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An HAProxy 2.6 that a test started on loopback. */
public final class RealHaproxy implements AutoCloseable {
  private final Process process;
  private final int adminPort;

  private RealHaproxy(Process process, int adminPort) {
    this.process = process;
    this.adminPort = adminPort;
  }

  /** Whether HAProxy 2.6 is there to compare with. */
  public static boolean installed() throws InterruptedException {
    try {
      Process version = new ProcessBuilder("haproxy", "-v").redirectErrorStream(true).start();
      String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      version.waitFor();
      return text.contains("version 2.6.");
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts one; what it prints goes to {@code haproxy.log} in the folder. */
  public static RealHaproxy start(Path folder, int adminPort, String configuration)
      throws IOException, InterruptedException {
    Path file = folder.resolve("haproxy.cfg");
    Files.writeString(
        file,
        "global\n stats socket ipv4@127.0.0.1:"
            + adminPort
            + " level admin\n stats timeout 1m\n nbthread 1\n log stdout format raw local0\n"
            + configuration);
    Process process =
        new ProcessBuilder("haproxy", "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile())
            .start();
    RealHaproxy haproxy = new RealHaproxy(process, adminPort);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (true) {
      try {
        haproxy.admin("show version");
        return haproxy;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          haproxy.close();
          throw new IOException(
              "haproxy did not start: " + Files.readString(folder.resolve("haproxy.log")), e);
        }
        Thread.sleep(20);
      }
    }
  }

  /** Says something on the admin socket; what it answers, without the blank line at the end. */
  public String admin(String command) throws IOException {
    try (Socket socket = connect(adminPort, "127.0.0.1")) {
      socket.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .replaceAll("\\n+$", "");
    }
  }

  /** What the server says that a request on a port reached; "-" when HAProxy itself answers. */
  public static String get(int port, String source, String target, String header)
      throws IOException {
    try (Socket socket = connect(port, source)) {
      String request = "GET " + target + " HTTP/1.1\r\n" + header + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.startsWith("HTTP/1.1 200")
          ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
          : "-";
    }
  }

  public static Socket connect(int port, String source) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(5000);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 2000);
    return socket;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
