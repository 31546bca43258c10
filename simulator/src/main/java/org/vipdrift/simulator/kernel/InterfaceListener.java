package org.vipdrift.simulator.kernel;

import org.vipdrift.actors.port.Interfaces.InterfaceStatus;

/** Told about an interface. */
@FunctionalInterface
public interface InterfaceListener {
  void interfaceChanged(InterfaceStatus status);
}
