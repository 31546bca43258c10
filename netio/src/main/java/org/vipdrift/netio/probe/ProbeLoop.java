package org.vipdrift.netio.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.Prober;

/** The one thread that moves the octets of all probes. */
public final class ProbeLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeLoop.class);
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long RECHECK_NANOS = Duration.ofMillis(20).toNanos();
  private static final long RECHECK_MILLIS = 20;

  private final Selector selector;
  private final ExecutorService echoes;
  private final Queue<Prober.Command> commands = new ConcurrentLinkedQueue<>();
  private final Map<Key, Probe> probes = new LinkedHashMap<>();
  private final List<Recheck> rechecks = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private volatile boolean closed;

  private record Key(String who, long id) {
    static Key of(Prober.Open open) {
      return new Key(open.who(), open.id());
    }
  }

  private record Recheck(Probe probe, long atNanos) {}

  private ProbeLoop(Selector selector, ExecutorService echoes) {
    this.selector = selector;
    this.echoes = echoes;
  }

  /**
   * Starts the loop.
   *
   * @param threads makes its thread, whose network namespace is that of the probes
   * @param echoes runs echo requests, each of which takes a thread for as long as it waits; must
   *     live in the same namespace, and is shut down with the loop
   * @throws IOException when the machine has no descriptor left
   */
  public static ProbeLoop start(ThreadFactory threads, ExecutorService echoes) throws IOException {
    ProbeLoop loop = new ProbeLoop(Selector.open(), echoes);
    threads.newThread(loop::run).start();
    return loop;
  }

  /** Has a command performed soon; from any thread. */
  public void submit(Prober.Command command) {
    commands.add(command);
    selector.wakeup();
  }

  /** Ends the loop and every probe, without answers. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    echoes.shutdownNow();
  }

  /** A buffer for whatever is read or written at once. */
  ByteBuffer buffer() {
    return buffer.clear();
  }

  SelectionKey register(SelectableChannel channel, int operations, Probe probe) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations, probe);
  }

  ExecutorService echoes() {
    return echoes;
  }

  boolean isWanted(Prober.Open open) {
    return probes.containsKey(Key.of(open));
  }

  void forget(Probe probe) {
    probes.remove(Key.of(probe.open()), probe);
  }

  /** Has {@link Probe#ready} called a little later though nothing was selected. */
  void recheck(Probe probe) {
    rechecks.add(new Recheck(probe, System.nanoTime() + RECHECK_NANOS));
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(rechecks.isEmpty() ? 0 : RECHECK_MILLIS);
        for (Prober.Command next = commands.poll(); next != null; next = commands.poll()) {
          perform(next);
        }
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid()) {
            ready((Probe) key.attachment());
          }
        }
        selector.selectedKeys().clear();
        recheckDue();
      }
    } catch (IOException failure) {
      LOG.error("The probes of the health checks have ended", failure);
    } finally {
      List.copyOf(probes.values()).forEach(probe -> probe.close(true));
      closeSelector();
    }
  }

  private void closeSelector() {
    try {
      selector.close();
    } catch (IOException failure) {
      LOG.warn("The selector of the probes does not close", failure);
    }
  }

  private void recheckDue() {
    long now = System.nanoTime();
    List<Recheck> due = rechecks.stream().filter(r -> r.atNanos <= now).toList();
    rechecks.removeAll(due);
    due.stream()
        .map(Recheck::probe)
        .filter(probe -> probes.get(Key.of(probe.open())) == probe)
        .forEach(this::ready);
  }

  private void perform(Prober.Command command) {
    switch (command) {
      case Prober.Open open -> open(open);
      case Prober.Send send ->
          find(send.who(), send.id())
              .ifPresent(probe -> guarded(probe, () -> probe.send(send.data())));
      case Prober.Close close -> {
        Optional<Probe> probe = find(close.who(), close.id());
        probe.ifPresent(this::forget);
        probe.ifPresent(found -> found.close(close.reset()));
      }
    }
  }

  private Optional<Probe> find(String who, long id) {
    return Optional.ofNullable(probes.get(new Key(who, id)));
  }

  private void open(Prober.Open open) {
    Probe probe =
        switch (open.transport()) {
          case TCP -> new TcpProbe(open, this);
          case UDP -> new UdpProbe(open, this);
          case ICMP -> new EchoProbe(open, this);
        };
    Probe before = probes.put(Key.of(open), probe);
    if (before != null) {
      before.close(true);
    }
    guarded(probe, probe::begin);
  }

  private void ready(Probe probe) {
    guarded(probe, probe::ready);
  }

  private interface Step {
    void take() throws IOException;
  }

  private static void guarded(Probe probe, Step step) {
    try {
      step.take();
    } catch (IOException problem) {
      probe.failed(Probe.failureOf(problem));
    } catch (RuntimeException bug) {
      // One probe is lost; the others go on.
      LOG.error("A probe of {} failed", probe.open().address(), bug);
      probe.failed(Prober.Failure.UNREACHABLE);
    }
  }
}
