package org.vipdrift.netio.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a mail server, for one mail; it blocks, so it wants a thread of its own. */
public final class SmtpTransaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpTransaction.class);
  private static final int READY = 220;
  private static final int DONE = 250;
  private static final int FORWARDS = 251;
  private static final int GO_ON = 354;

  /** RFC 5321 section 4.5.3.1.5 allows 512 octets; some servers write more. */
  private static final int LONGEST_REPLY = 4096;

  private final Socket socket = new Socket();
  private final InetSocketAddress server;
  private final int timeoutMillis;

  /**
   * A transaction that has not begun.
   *
   * @param host name or address
   * @param timeout of the connection and of every answer, at least a millisecond
   */
  public SmtpTransaction(String host, int port, Duration timeout) {
    this.server = InetSocketAddress.createUnresolved(host, port);
    this.timeoutMillis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
  }

  /**
   * Sends a mail; can be called once.
   *
   * @param heloName how we introduce ourselves; empty for the name of this machine
   * @throws IOException saying why the server could not be reached or what it refused
   */
  public void send(Optional<String> heloName, Mail mail, ZonedDateTime date) throws IOException {
    try (socket) {
      InetAddress address = InetAddress.getByName(server.getHostString());
      socket.connect(new InetSocketAddress(address, server.getPort()), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      Dialogue with =
          new Dialogue(
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
              socket.getOutputStream());
      with.expect("the greeting", READY);
      with.ask("HELO " + Mail.oneLine(heloName.orElseGet(SmtpTransaction::ownName)), DONE);
      with.ask("MAIL FROM:<" + Mail.oneLine(mail.from()) + ">", DONE);
      for (String recipient : mail.to()) {
        with.ask("RCPT TO:<" + Mail.oneLine(recipient) + ">", DONE, FORWARDS);
      }
      with.ask("DATA", GO_ON);
      with.content(mail, date);
      with.expect("the mail", DONE);
      with.leave();
    } catch (SocketTimeoutException timeout) {
      throw new IOException("no answer within " + timeoutMillis + " ms", timeout);
    }
  }

  /** Gives up, from any thread. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      LOG.debug("A connection to a mail server does not close", failure);
    }
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException _) {
      return "localhost";
    }
  }

  /** What is said on the connection. */
  private record Dialogue(BufferedReader in, OutputStream out) {
    void ask(String line, int... wanted) throws IOException {
      write(line);
      out.flush();
      expect(line, wanted);
    }

    void expect(String what, int... wanted) throws IOException {
      String line = readLine();
      while (line.length() > 3 && line.charAt(3) == '-') {
        line = readLine();
      }
      for (int code : wanted) {
        if (line.startsWith(Integer.toString(code))) {
          return;
        }
      }
      throw new IOException("the server answered '" + line + "' to " + what);
    }

    void content(Mail mail, ZonedDateTime date) throws IOException {
      for (String line : mail.lines(date)) {
        write(line.startsWith(".") ? "." + line : line);
      }
      write("");
      write(".");
      out.flush();
    }

    /** The server has the mail: whatever happens now, it is sent. */
    void leave() {
      try {
        write("QUIT");
        out.flush();
        readLine();
      } catch (IOException _) {
        // It need not be polite.
      }
    }

    private void write(String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the server closed the connection");
        }
        if (line.length() == LONGEST_REPLY) {
          throw new IOException("the server answered more than " + LONGEST_REPLY + " characters");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }
  }
}
