package org.vipdrift.simulator.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vipdrift.simulator.host.HaproxyTrial.Fate;

/** A web server on loopback whose pages say its name, and to which things happen. */
final class TrialServer implements AutoCloseable {
  private static final int BACKLOG = 64;
  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

  private final String name;
  private final int port;
  private final List<Socket> fillers = new ArrayList<>();
  private ServerSocket socket;
  private volatile boolean failing;
  private volatile boolean hanging;
  private volatile boolean paused;

  TrialServer(String name) throws IOException {
    this.name = name;
    this.socket = listening(ANY, BACKLOG);
    this.port = socket.getLocalPort();
    accept(socket);
  }

  int port() {
    return port;
  }

  private static ServerSocket listening(InetSocketAddress at, int backlog) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(at, backlog);
    return listening;
  }

  private void accept(ServerSocket listening) {
    Thread.ofVirtual().start(() -> serve(listening));
  }

  void suffer(Fate fate) throws IOException {
    switch (fate) {
      case KILLED -> socket.close();
      case STARTED -> restart();
      case FAILING -> failing = true;
      case RECOVERED -> failing = false;
      case HANGING -> hanging = true;
      case AWAKE -> hanging = false;
      case MUTE -> mute();
      case HEARD -> {
        for (Socket filler : fillers) {
          filler.close();
        }
        paused = false;
      }
    }
  }

  private void restart() throws IOException {
    socket = listening(new InetSocketAddress("127.0.0.1", port), BACKLOG);
    accept(socket);
  }

  /** Where nobody accepts and the queue is full, Linux drops requests for a connection. */
  private void mute() throws IOException {
    paused = true;
    for (int filler = 0; filler < 2 * BACKLOG; filler++) {
      Socket one = new Socket();
      fillers.add(one);
      try {
        one.connect(new InetSocketAddress("127.0.0.1", port), 50);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IOException("the queue of connections never was full");
  }

  private void serve(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        while (paused) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException | InterruptedException closed) {
        return;
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      client.setSoTimeout(5_000);
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = reader.readLine();
      while (line != null && !line.isEmpty()) {
        line = reader.readLine();
      }
      if (line != null && !hanging) {
        String body = failing ? "<html>500 Internal Server Error</html>" : name;
        client
            .getOutputStream()
            .write(
                ("HTTP/1.1 "
                        + (failing ? "500 Internal Server Error" : "200 OK")
                        + "\r\nContent-Length: "
                        + body.length()
                        + "\r\nConnection: close\r\n\r\n"
                        + body)
                    .getBytes(StandardCharsets.ISO_8859_1));
      } else if (line != null) {
        client.getInputStream().readAllBytes();
      }
    } catch (IOException broken) {
      // A check that only connects breaks off.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket filler : fillers) {
      filler.close();
    }
  }
}
