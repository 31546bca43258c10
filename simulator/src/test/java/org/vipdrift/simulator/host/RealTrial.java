package org.vipdrift.simulator.host;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.vipdrift.simulator.host.HaproxyTrial.Deed;
import org.vipdrift.simulator.host.HaproxyTrial.Findings;
import org.vipdrift.simulator.host.HaproxyTrial.Line;
import org.vipdrift.simulator.host.HaproxyTrial.Timed;
import org.vipdrift.simulator.host.HaproxyTrial.Visitor;

/** Carries out a trial with a real HAProxy 2.6 on loopback. */
final class RealTrial implements AutoCloseable {
  private static final long SECOND = 1_000;

  private final HaproxyTrial trial;
  private final Map<String, TrialServer> servers = new LinkedHashMap<>();
  private final Map<String, Integer> frontends = new LinkedHashMap<>();
  private final DatagramSocket log;
  private final Path admin;
  private final Process haproxy;

  private RealTrial(HaproxyTrial trial, Path directory) throws IOException {
    this.trial = trial;
    this.log = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    Map<String, String> places = HaproxyTrial.places("127.0.0.1:" + log.getLocalPort());
    for (String name : trial.servers()) {
      TrialServer server = new TrialServer(name);
      servers.put(name, server);
      places.put(name, "127.0.0.1:" + server.port());
    }
    for (String name : trial.frontends()) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        frontends.put(name, free.getLocalPort());
        places.put("bind:" + name, "127.0.0.1:" + free.getLocalPort());
      }
    }
    this.admin = directory.resolve("admin.sock");
    Path file = directory.resolve("haproxy.cfg");
    Files.writeString(
        file,
        "global\n    stats socket "
            + admin
            + " level admin\n    nbthread 1\n"
            + trial.configuration(places));
    this.haproxy =
        new ProcessBuilder("haproxy", "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("haproxy.log").toFile())
            .start();
  }

  static boolean isInstalled() throws IOException {
    try {
      Process version = new ProcessBuilder("haproxy", "-v").start();
      return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .startsWith("HAProxy version 2.6");
    } catch (IOException missing) {
      return false;
    }
  }

  static Findings run(HaproxyTrial trial, Path directory, double until) throws Exception {
    // HAProxy counts slow starts in seconds of the wall clock: begin at the same part of one, so
    // that
    // what is done at whole seconds is far from where they change.
    long part = Math.floorMod(SECOND / 4 - System.currentTimeMillis(), SECOND);
    TimeUnit.MILLISECONDS.sleep(part);
    try (RealTrial running = new RealTrial(trial, directory)) {
      return running.observe(until);
    }
  }

  private Findings observe(double until) throws Exception {
    long start = System.nanoTime();
    Map<String, List<String>> served = new TreeMap<>();
    List<Thread> threads = new ArrayList<>();
    for (Visitor visitor : trial.visitors) {
      List<String> pages = new ArrayList<>();
      served.put(visitor.frontend(), pages);
      threads.add(Thread.ofVirtual().start(() -> visit(visitor, pages, start)));
    }
    List<Line> lines = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    List<Timed> left = new ArrayList<>(trial.deeds);
    byte[] buffer = new byte[4_096];
    log.setSoTimeout(5);
    for (double now = 0; now < until; now = since(start)) {
      while (!left.isEmpty() && left.getFirst().at() <= now) {
        switch (left.removeFirst().deed()) {
          case Deed.ToServer(String server, HaproxyTrial.Fate fate) ->
              servers.get(server).suffer(fate);
          case Deed.Say(String command) -> answers.add(say(command));
        }
      }
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        log.receive(packet);
        String text =
            new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1).strip();
        lines.add(new Line(since(start), text.substring(text.indexOf("]: ") + 3)));
      } catch (SocketTimeoutException none) {
        // Time goes on.
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return new Findings(lines, answers, served);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private String say(String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(admin));
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.ISO_8859_1)));
      return new String(
          Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private void visit(Visitor visitor, List<String> pages, long start) {
    for (int time = 0; time < visitor.times(); time++) {
      double wait = visitor.from() + time * visitor.every() - since(start);
      try {
        if (wait > 0) {
          TimeUnit.MICROSECONDS.sleep((long) (wait * 1e6));
        }
        pages.add(fetch(frontends.get(visitor.frontend())));
      } catch (IOException | InterruptedException broken) {
        pages.add("RESET");
      }
    }
  }

  private static String fetch(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (answer.length() < 12) {
        return "RESET";
      }
      return answer.startsWith("HTTP/1.1 200")
          ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
          : answer.substring(9, 12);
    }
  }

  @Override
  public void close() throws IOException {
    haproxy.destroyForcibly();
    try {
      haproxy.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
    for (TrialServer server : servers.values()) {
      server.close();
    }
  }
}
