package org.vipdrift.model.checker;

import org.vipdrift.model.frame.Octets;

/**
 * One check on the wire between two events.
 *
 * @param step of the dialogue, from 0 on
 * @param number of the check
 * @param received what came in since the last step
 */
public record ProbeState(int url, int step, long number, Octets received) {
  /** Before it begins. */
  public static ProbeState initial(int url) {
    return new ProbeState(url, 0, 0, Octets.EMPTY);
  }

  ProbeState numbered(long next) {
    return new ProbeState(url, step, next, received);
  }

  ProbeState nextStep() {
    return new ProbeState(url, step + 1, number, Octets.EMPTY);
  }

  ProbeState with(Octets data) {
    byte[] all = new byte[received.length() + data.length()];
    received.copyInto(all, 0);
    data.copyInto(all, received.length());
    return new ProbeState(url, step, number, Octets.adopt(all));
  }
}
