package org.vipdrift.simulator.host;

/** A program that takes commands while it runs, as HAProxy does on its admin socket. */
public interface AdminSocket {
  /** Takes a command; its answer, or that it does not understand, it logs. */
  void command(String line, long cause);
}
