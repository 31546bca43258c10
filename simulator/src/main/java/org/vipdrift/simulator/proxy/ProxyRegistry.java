package org.vipdrift.simulator.proxy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The proxies that run on a host, by incarnation: where the control plane's words go. */
public final class ProxyRegistry {
  private final Map<String, SimulatedProxy> proxies = new LinkedHashMap<>();

  public void add(String who, SimulatedProxy proxy) {
    proxies.put(who, proxy);
  }

  public void remove(String who) {
    proxies.remove(who);
  }

  public Optional<SimulatedProxy> find(String who) {
    return Optional.ofNullable(proxies.get(who));
  }
}
