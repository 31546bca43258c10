package org.vipdrift.netio.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ProbingHost;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.TestHost;
import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.netio.script.ScriptLauncher;
import org.vipdrift.netio.script.ScriptUser;
import org.vipdrift.netio.time.NodeSystem;

/** The Linux arm of the contract suites that need no network of their own: this very machine. */
final class LocalWorld implements TestWorld {
  private static final String WHO = "contract#1";

  private static boolean warm;

  private final NodeSystem<Void> system = NodeSystem.open("contract", Behaviors.empty());
  private final LocalHost host = new LocalHost();
  private final LocalHost other = new LocalHost();
  private int actors;

  LocalWorld() {
    if (!warm) {
      // What the first look into /proc costs is no property of the port.
      Inbox<ProcessWatch.ProcessCount> first = inbox();
      host.processWatch()
          .tell(new ProcessWatch.Watch("first", "none", Optional.empty(), first.ref()));
      while (first.received().isEmpty()) {
        run(Duration.ofMillis(20));
      }
      host.processWatch().tell(new ProcessWatch.Unwatch("first"));
      warm = true;
    }
  }

  NodeSystem<Void> system() {
    return system;
  }

  LocalHost host() {
    return host;
  }

  @Override
  public TestHost left() {
    return host;
  }

  @Override
  public TestHost right() {
    return other;
  }

  @Override
  public TestHost client() {
    return host;
  }

  /** Half as long again: the machine may be busy with something else. */
  @Override
  public void run(Duration duration) {
    try {
      Thread.sleep(duration.plus(duration.dividedBy(2)));
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public <T> Inbox<T> inbox() {
    List<T> received = new CopyOnWriteArrayList<>();
    ActorRef<T> ref =
        spawn(
            Behaviors.receiveMessage(
                message -> {
                  received.add(message);
                  return Behaviors.same();
                }));
    return new Inbox<>() {
      @Override
      public ActorRef<T> ref() {
        return ref;
      }

      @Override
      public List<T> received() {
        return List.copyOf(received);
      }
    };
  }

  @Override
  public void close() {
    host.cleanUp();
    other.cleanUp();
    system.close();
  }

  /** Stops an actor, as if its program had ended. */
  void stop(ActorRef<?> actor) {
    Adapter.toClassic(system.actors()).stop(Adapter.toClassic(actor));
  }

  <T> ActorRef<T> spawn(Behavior<T> behavior) {
    return system.actors().systemActorOf(behavior, "actor-" + actors++, Props.empty());
  }

  /** This machine. */
  final class LocalHost implements ProbingHost {
    private final List<ActorRef<?>> ports = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private Optional<ActorRef<ScriptRunner.Command>> scripts = Optional.empty();
    private Optional<ActorRef<FileWatch.Command>> fileWatch = Optional.empty();
    private Optional<ActorRef<ProcessWatch.Command>> processWatch = Optional.empty();
    private Optional<ActorRef<Prober.Command>> prober = Optional.empty();
    private final List<EchoServer> servers = new ArrayList<>();
    private Optional<Path> programs = Optional.empty();
    private boolean killed;

    private <T> ActorRef<T> port(Behavior<T> behavior) {
      ActorRef<T> port = spawn(killed ? Behaviors.ignore() : behavior);
      ports.add(port);
      return port;
    }

    private void cleanUp() {
      processes.forEach(Process::destroyForcibly);
      servers.forEach(EchoServer::close);
      for (Path file : files) {
        removeFile(file.toString());
      }
      programs.ifPresent(folder -> removeFile(folder.toString()));
    }

    @Override
    public String who() {
      return WHO;
    }

    /** The program dies, and its ports with it. */
    @Override
    public void killProcess() {
      killed = true;
      servers.forEach(EchoServer::close);
      ports.forEach(LocalWorld.this::stop);
    }

    @Override
    public ActorRef<ScriptRunner.Command> scriptRunner() {
      if (scripts.isEmpty()) {
        try {
          scripts =
              Optional.of(
                  port(
                      LinuxScriptRunner.create(
                          ScriptLauncher.find(),
                          () -> ScriptUser.ROOT,
                          system.clock(),
                          system.alarms())));
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
      return scripts.get();
    }

    @Override
    public ActorRef<FileWatch.Command> fileWatch() {
      if (fileWatch.isEmpty()) {
        fileWatch = Optional.of(port(LinuxFileWatch.create(system.clock(), system.alarms())));
      }
      return fileWatch.get();
    }

    @Override
    public ActorRef<ProcessWatch.Command> processWatch() {
      if (processWatch.isEmpty()) {
        processWatch = Optional.of(port(LinuxProcessWatch.create(system.clock(), system.alarms())));
      }
      return processWatch.get();
    }

    @Override
    public void writeFile(String path, String text) {
      try {
        files.add(Path.of(path));
        Files.writeString(Path.of(path), text);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void removeFile(String path) {
      try {
        Files.deleteIfExists(Path.of(path));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public Runnable startProcess(String name, List<String> arguments) {
      try {
        if (programs.isEmpty()) {
          programs = Optional.of(Files.createTempDirectory("vipdrift-programs"));
        }
        Path program = programs.get().resolve(name);
        if (Files.notExists(program)) {
          files.add(program);
          Files.copy(Path.of("/bin/sleep"), program, StandardCopyOption.COPY_ATTRIBUTES);
        }
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(arguments.isEmpty() ? List.of("1000") : arguments);
        Process process = new ProcessBuilder(words).start();
        processes.add(process);
        return process::destroyForcibly;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public ActorRef<Prober.Command> prober() {
      if (prober.isEmpty()) {
        prober = Optional.of(port(LinuxProber.create()));
      }
      return prober.get();
    }

    @Override
    public Runnable echoTcp(int port, String greeting) {
      return serving(EchoServer.tcp(port, greeting));
    }

    @Override
    public Runnable echoTls(int port, String certificateName) {
      return serving(EchoServer.tls(port, certificateName));
    }

    @Override
    public Runnable echoUdp(int port) {
      return serving(EchoServer.udp(port));
    }

    private Runnable serving(EchoServer server) {
      servers.add(server);
      return server::close;
    }

    @Override
    public String networkInterface() {
      throw noNetwork();
    }

    @Override
    public MacAddress mac() {
      throw noNetwork();
    }

    @Override
    public IpAddress ipv4() {
      return IpAddress.of("127.0.0.1");
    }

    @Override
    public IpAddress ipv6() {
      throw noNetwork();
    }

    @Override
    public ActorRef<VrrpNetwork.Command> vrrpNetwork() {
      throw noNetwork();
    }

    @Override
    public ActorRef<Interfaces.Command> interfaces() {
      throw noNetwork();
    }

    @Override
    public ActorRef<AddressTable.Command> addressTable() {
      throw noNetwork();
    }

    @Override
    public ActorRef<NeighborAnnouncer.Command> neighborAnnouncer() {
      throw noNetwork();
    }

    @Override
    public ActorRef<PacketFilter.Command> packetFilter() {
      throw noNetwork();
    }

    @Override
    public ActorRef<RouteTable.Command> routeTable() {
      throw noNetwork();
    }

    @Override
    public ActorRef<VirtualInterfaces.Command> virtualInterfaces() {
      throw noNetwork();
    }

    @Override
    public void setLink(boolean up) {
      throw noNetwork();
    }

    @Override
    public Optional<MacAddress> neighbor(IpAddress address) {
      throw noNetwork();
    }

    @Override
    public boolean reaches(IpAddress address) {
      throw noNetwork();
    }

    private static UnsupportedOperationException noNetwork() {
      return new UnsupportedOperationException("this world is one machine without a network");
    }
  }
}
