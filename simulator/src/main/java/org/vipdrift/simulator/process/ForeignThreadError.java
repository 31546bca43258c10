package org.vipdrift.simulator.process;

/**
 * A thread that is not the simulation's touched an actor of it.
 *
 * <p>A {@link VirtualMachineError}, because Pekko swallows and logs everything milder that is
 * thrown while a message is sent.
 */
final class ForeignThreadError extends VirtualMachineError {
  private static final long serialVersionUID = 1L;

  ForeignThreadError(Thread owner, Thread foreign) {
    super(
        "only the thread "
            + owner.getName()
            + " may send messages in the simulation, but "
            + foreign.getName()
            + " did: some callback or future left it");
  }
}
