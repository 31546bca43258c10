package org.vipdrift.simulator.port;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.EchoResult;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tcp.Sockets;
import org.vipdrift.simulator.kernel.tls.CpuTime;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;
import org.vipdrift.simulator.kernel.udp.DatagramHandler;
import org.vipdrift.simulator.kernel.udp.DatagramSocket;

/**
 * The probes of a simulated host; firewall marks have no effect, as there is no routing by them.
 */
public final class SimulatedProber extends AbstractMatchingBehavior<Prober.Command> {
  /** An echo that stays away this long is forgotten; the asker has given up before. */
  private static final Duration ECHO_FORGOTTEN = Duration.ofMinutes(5);

  private final HostKernel kernel;
  private final Map<Key, Probe> probes = new LinkedHashMap<>();

  private record Key(String who, long id) {}

  /** One that is under way. */
  private abstract class Probe {
    private final Prober.Open open;

    Probe(Prober.Open open) {
      this.open = open;
    }

    void answer(Prober.Answer answer) {
      if (probes.get(key()) == this) {
        open.replyTo().tell(answer);
      }
    }

    void failed(Prober.Failure failure, long cause) {
      answer(new Prober.Failed(open.id(), failure, cause));
      probes.remove(key(), this);
    }

    private Key key() {
      return new Key(open.who(), open.id());
    }

    abstract void begin();

    abstract void send(Octets data, long cause);

    abstract void close(boolean reset, long cause);
  }

  private SimulatedProber(ActorContext<Prober.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<Prober.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedProber(context, kernel));
  }

  @Override
  public Behavior<Prober.Command> onMessage(Prober.Command command) {
    switch (command) {
      case Prober.Open open -> open(open);
      case Prober.Send send ->
          find(send.who(), send.id()).ifPresent(probe -> probe.send(send.data(), send.cause()));
      case Prober.Close close -> {
        Optional<Probe> probe = find(close.who(), close.id());
        probes.remove(new Key(close.who(), close.id()));
        probe.ifPresent(found -> found.close(close.reset(), close.cause()));
      }
    }
    return this;
  }

  private Optional<Probe> find(String who, long id) {
    return Optional.ofNullable(probes.get(new Key(who, id)));
  }

  private void open(Prober.Open open) {
    probes.keySet().removeIf(key -> !kernel.isOpen(key.who()));
    if (!kernel.isOpen(open.who())) {
      return;
    }
    Probe probe =
        switch (open.transport()) {
          case TCP -> new TcpProbe(open);
          case UDP -> new UdpProbe(open);
          case ICMP -> new EchoProbe(open);
        };
    probes.put(new Key(open.who(), open.id()), probe);
    probe.begin();
  }

  private static Prober.Failure failure(ConnectionHandler.Failure failure) {
    return switch (failure) {
      case REFUSED -> Prober.Failure.REFUSED;
      case RESET -> Prober.Failure.RESET;
      case TIMED_OUT -> Prober.Failure.TIMED_OUT;
      case UNREACHABLE -> Prober.Failure.UNREACHABLE;
    };
  }

  private final class TcpProbe extends Probe implements TlsHandler {
    private final Prober.Open open;
    private Optional<Connection> connection = Optional.empty();

    TcpProbe(Prober.Open open) {
      super(open);
      this.open = open;
    }

    @Override
    void begin() {
      Sockets sockets = kernel.sockets();
      connection =
          Optional.of(
              open.tls().isPresent()
                  ? TlsConnection.connect(
                      sockets,
                      open.who(),
                      open.source(),
                      open.address(),
                      open.port(),
                      open.tls().get().serverName(),
                      CpuTime.NONE,
                      this,
                      open.cause())
                  : sockets.connect(
                      open.who(), open.source(), open.address(), open.port(), this, open.cause()));
    }

    @Override
    void send(Octets data, long cause) {
      connection.ifPresent(established -> established.send(data, cause));
    }

    @Override
    void close(boolean reset, long cause) {
      connection.ifPresent(
          established -> {
            if (reset) {
              established.abort(cause);
            } else {
              established.close(cause);
            }
          });
    }

    @Override
    public void connected(long cause) {
      answer(new Prober.Opened(open.id(), cause));
    }

    @Override
    public void received(Octets data, long cause) {
      answer(new Prober.Received(open.id(), data, cause));
    }

    @Override
    public void finished(long cause) {
      answer(new Prober.Finished(open.id(), cause));
    }

    @Override
    public void failed(ConnectionHandler.Failure failure, long cause) {
      failed(failure(failure), cause);
    }

    @Override
    public void handshakeFailed(String problem, long cause) {
      failed(Prober.Failure.TLS, cause);
    }
  }

  /** A connected socket: it hears its peer alone. */
  private final class UdpProbe extends Probe implements DatagramHandler {
    private final Prober.Open open;
    private Optional<DatagramSocket> socket = Optional.empty();

    UdpProbe(Prober.Open open) {
      super(open);
      this.open = open;
    }

    @Override
    void begin() {
      socket = kernel.datagrams().open(open.who(), open.source(), 0, this);
      if (socket.isPresent()) {
        answer(new Prober.Opened(open.id(), open.cause()));
      } else {
        failed(Prober.Failure.UNREACHABLE, open.cause());
      }
    }

    @Override
    void send(Octets data, long cause) {
      if (socket.isPresent() && !socket.get().send(open.address(), open.port(), data, cause)) {
        end(Prober.Failure.UNREACHABLE, cause);
      }
    }

    private void end(Prober.Failure failure, long cause) {
      socket.ifPresent(DatagramSocket::close);
      failed(failure, cause);
    }

    @Override
    void close(boolean reset, long cause) {
      socket.ifPresent(DatagramSocket::close);
    }

    private boolean isPeer(IpAddress address, int port) {
      return port == open.port() && address.equals(open.address());
    }

    @Override
    public void received(IpAddress source, int port, Octets data, long cause) {
      if (isPeer(source, port)) {
        answer(new Prober.Received(open.id(), data, cause));
      }
    }

    @Override
    public void unreachable(IpAddress destination, int port, boolean nobodyListens, long cause) {
      if (isPeer(destination, port)) {
        end(nobodyListens ? Prober.Failure.REFUSED : Prober.Failure.UNREACHABLE, cause);
      }
    }
  }

  private final class EchoProbe extends Probe {
    private final Prober.Open open;

    EchoProbe(Prober.Open open) {
      super(open);
      this.open = open;
    }

    @Override
    void begin() {
      kernel.ping(open.source(), open.address(), ECHO_FORGOTTEN, this::ended, open.cause());
    }

    private void ended(EchoResult result, long cause) {
      switch (result) {
        case EchoResult.Answered _ -> answer(new Prober.Opened(open.id(), cause));
        case EchoResult.Unreachable _ -> failed(Prober.Failure.UNREACHABLE, cause);
        case EchoResult.TimedOut _ -> {}
      }
    }

    @Override
    void send(Octets data, long cause) {}

    @Override
    void close(boolean reset, long cause) {}
  }
}
