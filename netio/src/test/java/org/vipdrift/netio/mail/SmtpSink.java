package org.vipdrift.netio.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on the loopback interface that writes down what it hears, and delivers nothing. */
public final class SmtpSink implements AutoCloseable {
  /** What it answers beside a greeting and consent. */
  public enum Mood {
    WILLING,
    /** To the second recipient. */
    REFUSING,
    /** After the greeting. */
    SILENT
  }

  private final ServerSocket listener;
  private final Mood mood;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private SmtpSink(ServerSocket listener, Mood mood) {
    this.listener = listener;
    this.mood = mood;
  }

  public static SmtpSink open(Mood mood) {
    try {
      SmtpSink sink = new SmtpSink(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), mood);
      Thread.ofPlatform().daemon().name("smtp-sink").start(sink::serve);
      return sink;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The lines that it was sent. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket connection = listener.accept()) {
        converse(connection);
      } catch (IOException _) {
        // The next one, or the end.
      }
    }
  }

  private void converse(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    say(connection, "220-sink.example.com\r\n220 ready");
    boolean content = false;
    int recipients = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      if (mood == Mood.SILENT) {
        continue;
      }
      if (content) {
        if (line.equals(".")) {
          content = false;
          say(connection, "250 queued");
        }
      } else if (line.equals("DATA")) {
        content = true;
        say(connection, "354 go on");
      } else if (line.equals("QUIT")) {
        say(connection, "221 bye");
        return;
      } else if (line.startsWith("RCPT") && mood == Mood.REFUSING && recipients++ > 0) {
        say(connection, "550 no such user");
      } else {
        say(connection, "250 fine");
      }
    }
  }

  private static void say(Socket connection, String line) throws IOException {
    connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
