package org.vipdrift.simulator.host;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.proxy.SimulatedProxy;

/** A HAProxy's host, as its data plane sees it. */
record HaproxySurroundings(
    SimulatedHost host, Supplier<String> incarnation, IntSupplier pid, Log log)
    implements SimulatedProxy.Surroundings {
  /** Where lines go. */
  @FunctionalInterface
  interface Log {
    void write(String line, long cause);
  }

  @Override
  public String hostName() {
    return host.name();
  }

  @Override
  public String who() {
    return incarnation.get();
  }

  @Override
  public int processId() {
    return pid.getAsInt();
  }

  @Override
  public Optional<IpAddress> resolve(String name) {
    return host.resolve(name);
  }

  @Override
  public boolean bindsForeignAddresses() {
    return host.bindsForeignAddresses();
  }

  @Override
  public void log(String proxy, int level, String line, long cause) {
    log.write(line, cause);
  }
}
