package org.vipdrift.simulator.kernel;

/** Told, once, how an echo request ended. */
@FunctionalInterface
public interface EchoListener {
  void echoEnded(EchoResult result, long cause);
}
