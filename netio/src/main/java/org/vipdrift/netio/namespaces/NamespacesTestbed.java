package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.FrameSink;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Runs scenarios in real time on real kernels: this machine's, in namespaces, with real daemons.
 */
public final class NamespacesTestbed implements Testbed {
  public static final String NAME = "netns";

  private final Function<String, Optional<NodeProgram>> nodes;
  private Optional<NamespacesRun> current = Optional.empty();
  private boolean closed;

  /** Every keepalived of a scenario is a real one. */
  public NamespacesTestbed() {
    this(_ -> Optional.empty());
  }

  /**
   * @param nodes for hosts, by name, whose keepalived is a node of ours instead: what runs one
   */
  public NamespacesTestbed(Function<String, Optional<NodeProgram>> nodes) {
    this.nodes = nodes;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(Action action) {
    return RealActions.supports(action);
  }

  @Override
  public List<String> refusals(Scenario scenario) {
    List<String> refusals = new ArrayList<>(Testbed.super.refusals(scenario));
    refusals.addAll(Lacks.of(scenario, host -> nodes.apply(host).isPresent()));
    return refusals;
  }

  /**
   * @throws UncheckedIOException when this machine refuses something
   */
  @Override
  public void run(
      Scenario scenario,
      long seed,
      Consumer<TraceEvent> sink,
      Optional<FrameSink> frames,
      LongConsumer progress) {
    Thread hook = new Thread(this::close, "remove-namespaces");
    try {
      NamespacesRun run = new NamespacesRun(scenario, seed, nodes, sink, frames);
      begin(run);
      Runtime.getRuntime().addShutdownHook(hook);
      run.run(progress);
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private synchronized void begin(NamespacesRun run) {
    if (closed) {
      run.close();
      throw new IllegalStateException("the testbed is closed");
    }
    current = Optional.of(run);
  }

  private synchronized void end() {
    current.ifPresent(NamespacesRun::close);
    current = Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
  }
}
