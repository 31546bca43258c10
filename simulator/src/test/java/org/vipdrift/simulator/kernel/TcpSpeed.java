package org.vipdrift.simulator.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tcp.Sockets;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;
import org.vipdrift.simulator.time.VirtualTime;

/** Not a test: what a frame of short connections costs, and a connection that stays. */
final class TcpSpeed {
  private static final Octets REQUEST = Octets.adopt(new byte[100]);
  private static final Octets RESPONSE = Octets.adopt(new byte[300]);

  private final VirtualTime time = new VirtualTime();
  private final SplitRandom random = SplitRandom.ofSeed(1);
  private final SimulatedSegment lan =
      new SimulatedSegment(
          "lan", SegmentSettings.ofLatency(Duration.ofNanos(50_000)), time, random);
  private final HostKernel client = host("client", "20.0.0.10/8", 1);
  private final HostKernel server = host("server", "20.0.0.20/8", 2);
  private long frames;
  private int done;

  private HostKernel host(String name, String address, int number) {
    HostKernel host =
        new HostKernel(name, new HostClock(time, 0), (_, cause) -> cause, random, _ -> false);
    host.addInterface(
        "eth0",
        new MacAddress(0x5254_0000_0000L | number),
        List.of(IpPrefix.parse(address).orElseThrow()),
        lan);
    host.powerOn(0);
    host.openOwner("p");
    return host;
  }

  private abstract static class Quiet implements ConnectionHandler {
    Connection connection;

    @Override
    public void connected(long cause) {}

    @Override
    public void received(Octets data, long cause) {}

    @Override
    public void finished(long cause) {}

    @Override
    public void failed(Failure failure, long cause) {
      throw new IllegalStateException(failure.name());
    }
  }

  private void request(int left) {
    if (left == 0) {
      return;
    }
    Quiet handler =
        new Quiet() {
          @Override
          public void connected(long cause) {
            connection.send(REQUEST, 0);
          }

          @Override
          public void finished(long cause) {
            connection.close(0);
            done++;
            request(left - 1);
          }
        };
    handler.connection =
        client
            .sockets()
            .connect(
                "p",
                Optional.of(new IpAddress.V4(0x14010000 + left % 10000)),
                IpAddress.of("20.0.0.20"),
                80,
                handler,
                0);
  }

  private void run(int connections, int addresses) {
    lan.tap((_, _, _) -> frames++);
    for (int i = 0; i < addresses; i++) {
      client.calls().addAddress("p", "eth0", new IpPrefix(new IpAddress.V4(0x14010000 + i), 8), 0);
    }
    server
        .sockets()
        .listen(
            "p",
            Optional.empty(),
            80,
            Sockets.DEFAULT_BACKLOG,
            (accepted, _) ->
                new Quiet() {
                  @Override
                  public void received(Octets data, long cause) {
                    accepted.send(RESPONSE, 0);
                    accepted.close(0);
                  }
                })
        .orElseThrow();
    for (int i = 0; i < 20; i++) {
      request(connections / 20);
    }
    while (done < connections && time.runNext(Long.MAX_VALUE)) {
      continue;
    }
  }

  /** Opens connections and keeps them. */
  private long hold(int connections) {
    run(0, 0);
    List<Connection> all = new ArrayList<>();
    long before = used();
    for (int i = 0; i < connections; i++) {
      Quiet handler = new Quiet() {};
      all.add(
          client
              .sockets()
              .connect("p", Optional.empty(), IpAddress.of("20.0.0.20"), 80, handler, 0));
      all.getLast().send(REQUEST, 0);
    }
    while (time.runNext(5_000_000_000L)) {
      continue;
    }
    long after = used();
    return all.size() == connections ? (after - before) / (2L * connections) : 0;
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  public static void main(String[] arguments) {
    System.out.println(new TcpSpeed().hold(10_000) + " octets per connection end");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 8; i++) {
      TcpSpeed speed = new TcpSpeed();
      long from = threads.getCurrentThreadCpuTime();
      speed.run(100_000, 10_000);
      long nanos = threads.getCurrentThreadCpuTime() - from;
      System.out.println(
          speed.frames + " frames, " + nanos / speed.frames + " ns of processor time each");
    }
  }
}
