package org.vipdrift.netio.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.vipdrift.actors.NodePorts;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.config.keepalived.KeepalivedParse;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfigurationReader;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.time.MonotonicClock;
import org.vipdrift.netio.time.NodeSystem;

/**
 * A node as a process of its own, which a test can put in a namespace and signal.
 *
 * <p>Arguments: {@code run FOLDER}, or {@code fail FOLDER INSTANCE} for one whose instance throws
 * when it next sends after the file {@code FOLDER/fail} has appeared. It reads {@code
 * FOLDER/node.conf}, logs to the datagram socket {@code FOLDER/log} and to its output.
 */
final class LiveNode {
  static final int METRICS_PORT = 9_165;

  private LiveNode() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    Instant startedAt = Instant.now();
    Syslog syslog =
        Syslog.open(folder.resolve("log").toString(), Syslog.DAEMON, ProcessHandle.current().pid());
    try (LogOutput output =
        new LogOutput(startedAt, true, Optional.of(System.out), Optional.of(syslog))) {
      List<LiveTrace.Observer> observers = List.of(new KeepalivedLog(output)::accept);
      if (arguments[0].equals("fail")) {
        fail(folder, arguments[2], observers);
        return;
      }
      LinuxNode.Ending ending =
          LinuxNode.run(
              options(folder),
              read(folder),
              () -> Optional.of(read(folder)),
              System.nanoTime(),
              startedAt,
              observers);
      System.out.println("ending: " + ending);
    }
  }

  private static NodeOptions options(Path folder) {
    return new NodeOptions(
        "live",
        "test",
        List.of(folder.resolve("node.pid")),
        Optional.empty(),
        Object::toString,
        Optional.of(new InetSocketAddress("127.0.0.1", METRICS_PORT)),
        false,
        false,
        new SplitBrainPolicy(false, false, Optional.empty(), Optional.empty()));
  }

  private static NodeConfiguration read(Path folder) {
    try {
      Path file = folder.resolve("node.conf");
      KeepalivedParse parse = KeepalivedParser.parse(file.toString(), Files.readString(file));
      parse.problems().forEach(System.out::println);
      return NodeConfigurationReader.read(parse.configuration());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fail(Path folder, String instance, List<LiveTrace.Observer> observers)
      throws Exception {
    NodeConfiguration configuration = read(folder);
    MonotonicClock clock = new MonotonicClock();
    LazyAlarms alarms = new LazyAlarms();
    CountDownLatch ended = new CountDownLatch(1);
    LiveTrace trace = LiveTrace.start("live", System.nanoTime(), observers);
    SplitBrainAlarm alarm = new SplitBrainAlarm(configuration, _ -> {});
    TraceSink failing =
        (TraceDetail detail, long cause) -> {
          if (detail instanceof TraceDetail.AdvertSent sent
              && sent.instance().equals(instance)
              && Files.exists(folder.resolve("fail"))) {
            throw new IllegalStateException("a bug");
          }
          return trace.emit(detail, cause);
        };
    try (LinuxPorts ports =
        new LinuxPorts(options(folder), configuration, trace, clock, alarms, alarm, () -> false)) {
      NodeSystem<NodeGuardian.Command> system =
          NodeSystem.open(
              "vipdrift",
              NodeGuardian.create(
                  configuration,
                  context -> failing(ports.spawn(context), failing),
                  clock,
                  alarms,
                  new NodeGuardian.Hooks(() -> {}, System.out::println)));
      alarms.become(system.alarms());
      system.whenTerminated(ended::countDown);
      ProcessSignals.handle(
          "TERM", () -> system.actors().tell(new NodeGuardian.Stop(TraceEvent.NO_CAUSE)));
      ended.await();
      system.close();
    }
    trace.close();
  }

  private static NodeGuardian.PortSet failing(NodeGuardian.PortSet set, TraceSink trace) {
    NodePorts real = set.ports();
    NodePorts ports =
        new NodePorts(
            real.who(),
            real.hostName(),
            real.process(),
            real.clock(),
            real.alarms(),
            trace,
            real.network(),
            real.interfaces(),
            real.addresses(),
            real.announcer(),
            real.scripts(),
            real.files(),
            real.processes(),
            real.packetFilter(),
            real.prober(),
            real.director(),
            real.routes(),
            real.virtualInterfaces(),
            real.fifos(),
            real.mails(),
            real.random());
    return new NodeGuardian.PortSet(ports, set.critical(), set.others());
  }
}
