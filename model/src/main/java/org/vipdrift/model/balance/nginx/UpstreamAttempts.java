package org.vipdrift.model.balance.nginx;

import org.vipdrift.model.frame.IpAddress;

/** What one request remembers of the servers it tried. */
public final class UpstreamAttempts {
  final IpAddress client;
  final String key;
  final boolean[] tried;
  boolean onBackups;
  int current = UpstreamBalancer.NONE;
  int remaining;
  long hash;
  int rehash;
  int misses;

  UpstreamAttempts(IpAddress client, String key, int servers, int remaining) {
    this.client = client;
    this.key = key;
    this.tried = new boolean[servers];
    this.remaining = remaining;
  }

  /** How many more servers nginx would try for this request; 0 means the failure is final. */
  public int remaining() {
    return remaining;
  }
}
