package org.vipdrift.model.segment;

import java.util.List;

/** Which ports an end of a link rule concerns. */
public sealed interface Selector {
  boolean selects(PortId port);

  record Everyone() implements Selector {
    @Override
    public boolean selects(PortId port) {
      return true;
    }
  }

  record Ports(List<PortId> ports) implements Selector {
    public Ports {
      ports = List.copyOf(ports);
    }

    @Override
    public boolean selects(PortId port) {
      for (PortId candidate : ports) {
        if (candidate.number() == port.number()) {
          return true;
        }
      }
      return false;
    }
  }

  static Selector everyone() {
    return new Everyone();
  }

  static Selector of(PortId... ports) {
    return new Ports(List.of(ports));
  }
}
