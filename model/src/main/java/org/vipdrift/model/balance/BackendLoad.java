package org.vipdrift.model.balance;

import java.util.ArrayList;
import java.util.List;

/** The load of a backend, and which of its servers share it now. */
final class BackendLoad {
  private final List<ServerLoad> servers = new ArrayList<>();
  private final boolean allBackups;
  private final int fullConnections;
  private int connections;
  private int served;
  private int usableActive;
  private int usableBackup;
  private int soleBackup = Balancer.NONE;
  private long totalWeight;

  BackendLoad(BalanceSettings settings) {
    this.allBackups = settings.allBackups();
    this.fullConnections = settings.fullConnections();
  }

  void add(ServerLoad server) {
    servers.add(server);
  }

  ServerLoad server(int index) {
    return servers.get(index);
  }

  int size() {
    return servers.size();
  }

  /** Sessions of the backend, running and waiting. */
  int connections() {
    return connections;
  }

  void addConnections(int more) {
    connections += more;
  }

  int fullConnections() {
    return fullConnections;
  }

  /** Connections that run on its servers. */
  int served() {
    return served;
  }

  void addServed(int more) {
    served += more;
  }

  /** Finds out anew which servers count. */
  void recount() {
    usableActive = 0;
    usableBackup = 0;
    soleBackup = Balancer.NONE;
    long activeWeight = 0;
    long backupWeight = 0;
    for (int at = 0; at < servers.size(); at++) {
      ServerLoad server = servers.get(at);
      if (!server.usable()) {
        continue;
      }
      if (server.settings().backup()) {
        if (usableBackup == 0 && !allBackups) {
          soleBackup = at;
        }
        usableBackup++;
        backupWeight += server.effectiveWeight();
      } else {
        usableActive++;
        activeWeight += server.effectiveWeight();
      }
    }
    if (usableActive > 0) {
      soleBackup = Balancer.NONE;
      totalWeight = activeWeight;
    } else if (soleBackup != Balancer.NONE) {
      totalWeight = servers.get(soleBackup).effectiveWeight();
    } else {
      totalWeight = backupWeight;
    }
  }

  /** Whether active servers share the load; otherwise backup servers do, or one of them. */
  boolean activeInUse() {
    return usableActive > 0;
  }

  /** The one backup server that has all the load, or {@link Balancer#NONE}. */
  int soleBackup() {
    return soleBackup;
  }

  /** How many servers share the load. */
  int serversInUse() {
    if (usableActive > 0) {
      return usableActive;
    }
    return soleBackup != Balancer.NONE ? 1 : usableBackup;
  }

  int usableActive() {
    return usableActive;
  }

  int usableBackup() {
    return usableBackup;
  }

  /** The effective weight of the servers that share the load. */
  long totalWeight() {
    return totalWeight;
  }

  /** The effective weight of the servers of its sort that are configured before it. */
  long weightBefore(int server) {
    boolean backup = servers.get(server).settings().backup();
    long sum = 0;
    for (int at = 0; at < server; at++) {
      ServerLoad other = servers.get(at);
      if (other.usable() && other.settings().backup() == backup) {
        sum += other.effectiveWeight();
      }
    }
    return sum;
  }

  /** Whether this server belongs to those that share the load, backups all counted alike. */
  boolean inUse(int server) {
    ServerLoad load = servers.get(server);
    return load.usable() && load.settings().backup() != activeInUse();
  }
}
