package org.vipdrift.netio.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the status of a node over a socket in the file system, which its owner alone may open.
 *
 * <p>A client sends one letter, {@code j} for JSON or {@code t} for text, and reads to the end.
 */
public final class StatusSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusSocket.class);

  /** What a client asks for. */
  public enum Form {
    JSON('j'),
    TEXT('t');

    private final char letter;

    Form(char letter) {
      this.letter = letter;
    }
  }

  private final Path path;
  private final ServerSocketChannel server;

  private StatusSocket(Path path, ServerSocketChannel server) {
    this.path = path;
    this.server = server;
  }

  static StatusSocket open(
      Path path, Supplier<NodeStatus> status, Function<NodeStatus, String> json)
      throws NodeRefusal {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.deleteIfExists(path); // whoever left it is gone: the PID file is ours
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      } catch (IOException | RuntimeException refused) {
        server.close();
        throw refused;
      }
      StatusSocket socket = new StatusSocket(path, server);
      Thread.ofPlatform().daemon().name("vipdrift-status").start(() -> socket.serve(status, json));
      return socket;
    } catch (IOException refused) {
      throw new NodeRefusal(
          NodeRefusal.Kind.ENVIRONMENT, "cannot open the status socket " + path + ": " + refused);
    }
  }

  private void serve(Supplier<NodeStatus> status, Function<NodeStatus, String> json) {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        ByteBuffer request = ByteBuffer.allocate(1);
        client.read(request);
        boolean wantsJson = request.position() > 0 && request.get(0) == Form.JSON.letter;
        NodeStatus now = status.get();
        String text = wantsJson ? json.apply(now) + "\n" : StatusTable.of(now);
        ByteBuffer answer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (answer.hasRemaining()) {
          client.write(answer);
        }
      } catch (java.nio.channels.ClosedChannelException closed) {
        return;
      } catch (IOException | RuntimeException trouble) {
        LOG.debug("A client of the status socket went away", trouble);
      }
    }
  }

  /**
   * Asks the node behind a socket.
   *
   * @throws IOException when there is none
   */
  public static String ask(Path path, Form form) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) form.letter}));
      java.io.ByteArrayOutputStream answer = new java.io.ByteArrayOutputStream();
      ByteBuffer part = ByteBuffer.allocate(8192);
      while (channel.read(part) >= 0) {
        answer.write(part.array(), 0, part.position());
        part.clear();
      }
      return answer.toString(StandardCharsets.UTF_8);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException refused) {
      LOG.debug("The status socket cannot be removed", refused);
    }
  }
}
