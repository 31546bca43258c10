package org.vipdrift.netio.namespaces;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;

/**
 * One user's requests as curl sends them; a connection that was kept and turns out to be dead is
 * replaced once. May be used by several threads, each in the network of the user's machine.
 */
final class HttpLine {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int FIRST_ERROR = 400;
  private static final int LONGEST_LINE = 65_536;

  private final Client.Fetches fetches;
  private final InetSocketAddress server;
  private final InetAddress local;
  private final Map<String, String> cookies;
  private final URI url;
  private final Optional<SSLContext> tls;
  private final ArrayDeque<Connection> kept = new ArrayDeque<>();

  /** How a request ended. */
  record Answer(RequestOutcome outcome, Optional<Integer> status, Octets body) {}

  private record Connection(Socket socket, InputStream in) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** A kept connection was dead before an octet of an answer came. */
  private static final class Stale extends IOException {
    private static final long serialVersionUID = 1;
  }

  HttpLine(
      Client.Fetches fetches, InetAddress target, InetAddress local, Map<String, String> cookies) {
    this.fetches = fetches;
    this.url = URI.create(fetches.url());
    this.tls = url.getScheme().equals("https") ? Optional.of(Tls.ofClients()) : Optional.empty();
    int usual = tls.isPresent() ? HTTPS_PORT : HTTP_PORT;
    this.server = new InetSocketAddress(target, url.getPort() < 0 ? usual : url.getPort());
    this.local = local;
    this.cookies = cookies;
  }

  Answer fetch(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      Optional<Connection> reused = takeKept();
      if (reused.isPresent()) {
        try {
          return ask(reused.get(), deadline, true);
        } catch (Stale e) {
          // It is sent once more, on a connection of its own.
        }
      }
      return ask(connect(deadline), deadline, false);
    } catch (SocketTimeoutException e) {
      return failed(RequestOutcome.TIMEOUT);
    } catch (SSLException e) {
      return failed(RequestOutcome.TLS_ERROR);
    } catch (NoRouteToHostException e) {
      return failed(RequestOutcome.UNREACHABLE);
    } catch (EOFException e) {
      return failed(RequestOutcome.CLOSED);
    } catch (ConnectException e) {
      boolean refused = message(e).contains("refused");
      return failed(refused ? RequestOutcome.REFUSED : RequestOutcome.UNREACHABLE);
    } catch (IOException e) {
      boolean reset = message(e).contains("reset") || message(e).contains("pipe");
      return failed(reset ? RequestOutcome.RESET : RequestOutcome.UNREACHABLE);
    }
  }

  private static String message(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static Answer failed(RequestOutcome outcome) {
    return new Answer(outcome, Optional.empty(), Octets.EMPTY);
  }

  private synchronized Optional<Connection> takeKept() {
    return Optional.ofNullable(kept.pollFirst());
  }

  private synchronized void keep(Connection connection) {
    kept.addLast(connection);
  }

  private static int left(long deadline) throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) millis;
  }

  private Connection connect(long deadline) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(local, 0));
      socket.connect(server, left(deadline));
      Socket speaks =
          tls.isPresent()
              ? Tls.shakeHands(tls.get(), socket, url.getHost(), fetches.insecure(), left(deadline))
              : socket;
      return new Connection(speaks, new BufferedInputStream(speaks.getInputStream()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Answer ask(Connection connection, long deadline, boolean reused) throws IOException {
    boolean goesOn = false;
    try {
      String statusLine;
      try {
        connection.socket.getOutputStream().write(request());
        statusLine = line(connection, deadline);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        if (reused) {
          throw new Stale();
        }
        throw e;
      }
      int status = Integer.parseInt(statusLine.split(" ")[1]);
      Map<String, String> headers = headers(connection, deadline);
      byte[] body = body(connection, headers, status, deadline);
      goesOn =
          fetches.keepAlive()
              && !"close".equalsIgnoreCase(headers.getOrDefault("connection", ""))
              && (headers.containsKey("content-length")
                  || headers.containsKey("transfer-encoding"));
      return new Answer(
          status >= FIRST_ERROR ? RequestOutcome.HTTP_ERROR : RequestOutcome.OK,
          Optional.of(status),
          Octets.adopt(body));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new EOFException();
    } finally {
      if (goesOn) {
        keep(connection);
      } else {
        connection.close();
      }
    }
  }

  private byte[] request() {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    StringBuilder text = new StringBuilder();
    text.append(fetches.method()).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
    if (fetches.headers().keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
      text.append("Host: ").append(url.getRawAuthority()).append("\r\n");
    }
    fetches.headers().forEach((name, value) -> header(text, name, value));
    header(text, "User-Agent", "vipdrift");
    header(text, "Accept", "*/*");
    synchronized (cookies) {
      if (fetches.cookies() && !cookies.isEmpty()) {
        StringBuilder all = new StringBuilder();
        cookies.forEach(
            (name, value) ->
                all.append(all.isEmpty() ? "" : "; ").append(name).append('=').append(value));
        header(text, "Cookie", all.toString());
      }
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void header(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private static int octet(Connection connection, long deadline) throws IOException {
    connection.socket.setSoTimeout(left(deadline));
    int octet = connection.in.read();
    if (octet < 0) {
      throw new EOFException();
    }
    return octet;
  }

  private static String line(Connection connection, long deadline) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = octet(connection, deadline); c != '\n'; c = octet(connection, deadline)) {
      if (line.length() > LONGEST_LINE) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  private Map<String, String> headers(Connection connection, long deadline) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(connection, deadline);
        !line.isEmpty();
        line = line(connection, deadline)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1).strip();
        headers.put(name, value);
        if (name.equals("set-cookie") && value.contains("=")) {
          String pair = value.split(";", 2)[0];
          synchronized (cookies) {
            cookies.put(
                pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
          }
        }
      }
    }
    return headers;
  }

  private byte[] body(Connection connection, Map<String, String> headers, int status, long deadline)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (fetches.method().equals("HEAD") || status == 204 || status == 304) {
      return body.toByteArray();
    }
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      while (true) {
        int size = Integer.parseInt(line(connection, deadline).split(";")[0].strip(), 16);
        copy(connection, body, size, deadline);
        line(connection, deadline);
        if (size == 0) {
          return body.toByteArray();
        }
      }
    }
    if (headers.containsKey("content-length")) {
      copy(connection, body, Integer.parseInt(headers.get("content-length")), deadline);
      return body.toByteArray();
    }
    try {
      while (true) {
        body.write(octet(connection, deadline));
      }
    } catch (EOFException e) {
      return body.toByteArray();
    }
  }

  private static void copy(
      Connection connection, ByteArrayOutputStream to, int octets, long deadline)
      throws IOException {
    byte[] part = new byte[Math.min(octets, LONGEST_LINE)];
    for (int rest = octets; rest > 0; ) {
      connection.socket.setSoTimeout(left(deadline));
      int read = connection.in.read(part, 0, Math.min(rest, part.length));
      if (read < 0) {
        throw new EOFException();
      }
      to.write(part, 0, read);
      rest -= read;
    }
  }
}
