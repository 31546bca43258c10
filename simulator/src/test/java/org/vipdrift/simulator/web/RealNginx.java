package org.vipdrift.simulator.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An nginx 1.22 of this machine on loopback, with servers behind it that can be stopped. */
final class RealNginx implements AutoCloseable {
  static final Path STREAM_MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

  private final Process process;
  private final List<Server> servers;

  private RealNginx(Process process, List<Server> servers) {
    this.process = process;
    this.servers = servers;
  }

  static boolean isInstalled() {
    try {
      Process version = new ProcessBuilder("nginx", "-v").redirectErrorStream(true).start();
      String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return version.waitFor() == 0 && said.contains("nginx/1.22.");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts it.
   *
   * @param configuration what stands in the main block besides paths
   * @param port it is to listen on
   */
  static RealNginx start(Path folder, String configuration, int port, List<Server> servers)
      throws IOException, InterruptedException {
    Path file = folder.resolve("real.conf");
    Files.writeString(
        file,
        "daemon off; worker_processes 1; pid "
            + folder.resolve("real.pid")
            + "; error_log "
            + folder.resolve("error.log")
            + ";\n"
            + configuration);
    Process process =
        new ProcessBuilder("nginx", "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    RealNginx started = new RealNginx(process, servers);
    for (int attempt = 0; attempt < 200; attempt++) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress("127.0.0.1", port), 100);
        return started;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    started.close();
    throw new IOException("nginx does not listen: " + Files.readString(folder.resolve("out.log")));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    servers.forEach(Server::stop);
  }

  /** The text of the answer's body, or its status in parentheses; or how it failed. */
  static String get(int port, String target, String header) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      if (answer.isEmpty()) {
        return "(CLOSED)";
      }
      String status = answer.substring(9, 12);
      return status.equals("200")
          ? answer.substring(answer.indexOf("\r\n\r\n") + 4).strip()
          : "(" + status + ")";
    } catch (IOException e) {
      return "(CLOSED)";
    }
  }

  /** A server that answers each request with its number and closes. */
  static final class Server {
    final int port;
    private final String answer;
    private volatile long delayMillis;
    private volatile ServerSocket listening;

    Server(int port, String answer) {
      this.port = port;
      this.answer = answer;
      start();
    }

    void slow(long millis) {
      delayMillis = millis;
    }

    /** A socket that is being closed holds its port a moment longer. */
    void start() {
      for (int attempt = 1; ; attempt++) {
        try {
          ServerSocket socket = new ServerSocket();
          socket.setReuseAddress(true);
          socket.bind(new InetSocketAddress("127.0.0.1", port), 100);
          listening = socket;
          Thread.ofPlatform().daemon().start(() -> accept(socket));
          return;
        } catch (IOException e) {
          if (attempt == 200) {
            throw new UncheckedIOException(e);
          }
          pause();
        }
      }
    }

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    boolean isStopped() {
      return listening.isClosed();
    }

    /** Closes, and waits until nobody gets in any more. */
    void stop() {
      try {
        listening.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      while (letsIn()) {
        pause();
      }
    }

    private boolean letsIn() {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress("127.0.0.1", port), 100);
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    private void accept(ServerSocket socket) {
      while (!socket.isClosed()) {
        try {
          Socket client = socket.accept();
          Thread.ofVirtual().start(() -> answer(client));
        } catch (IOException e) {
          return;
        }
      }
    }

    private void answer(Socket client) {
      try (client) {
        List<Integer> seen = new ArrayList<>();
        InputStream in = client.getInputStream();
        int octet = in.read();
        while (octet >= 0) {
          seen.add(octet);
          int size = seen.size();
          if (size >= 4 && octet == '\n' && seen.get(size - 3) == '\n') {
            break;
          }
          octet = in.read();
        }
        if (octet >= 0) {
          TimeUnit.MILLISECONDS.sleep(delayMillis);
          client
              .getOutputStream()
              .write(
                  ("HTTP/1.1 200 OK\r\nContent-Length: "
                          + (answer.length() + 1)
                          + "\r\nConnection: close\r\n\r\n"
                          + answer
                          + "\n")
                      .getBytes(StandardCharsets.ISO_8859_1));
        }
      } catch (IOException | InterruptedException e) {
        // The client has gone.
      }
    }
  }
}
