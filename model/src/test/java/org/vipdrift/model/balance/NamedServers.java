package org.vipdrift.model.balance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Real servers on loopback that do nothing but say which one they are. */
public final class NamedServers implements AutoCloseable {
  private final List<ServerSocket> listeners = new ArrayList<>();
  private final Speech speech;

  /** Answers an HTTP request with its number, or tells it at once and holds the connection. */
  public enum Speech {
    HTTP,
    HELD
  }

  public NamedServers(int count, Speech speech) throws IOException {
    this.speech = speech;
    for (int number = 0; number < count; number++) {
      ServerSocket listener = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
      listeners.add(listener);
      String name = Integer.toString(number);
      Thread.ofVirtual().start(() -> accept(listener, name, speech));
    }
  }

  public int port(int number) {
    return listeners.get(number).getLocalPort();
  }

  /** It listens again where it did. */
  public void restart(int number) throws IOException {
    int port = port(number);
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 200);
    listeners.set(number, listener);
    Thread.ofVirtual().start(() -> accept(listener, Integer.toString(number), speech));
  }

  /** From now on its port refuses. */
  public void kill(int number) throws IOException {
    listeners.get(number).close();
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket listener : listeners) {
      listener.close();
    }
  }

  /** Ports on which nobody listens now. */
  public static int[] freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      held.add(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
    }
    int[] ports = held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }

  private static void accept(ServerSocket listener, String name, Speech speech) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> speak(socket, name, speech));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void speak(Socket socket, String name, Speech speech) {
    try (socket) {
      if (speech == Speech.HELD) {
        socket.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
        while (socket.getInputStream().read() >= 0) {
          // holds the connection until the other side closes it
        }
        return;
      }
      int lineLength = 0;
      int read;
      while ((read = socket.getInputStream().read()) >= 0) {
        if (read == '\n') {
          if (lineLength == 0) {
            break;
          }
          lineLength = 0;
        } else if (read != '\r') {
          lineLength++;
        }
      }
      String answer =
          "HTTP/1.1 200 OK\r\nContent-Length: "
              + name.length()
              + "\r\nConnection: close\r\n\r\n"
              + name;
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // the client went away
    }
  }
}
