package org.vipdrift.model.haproxy;

import org.vipdrift.model.haproxy.ProxyFigures.Counters;

/** What is counted of a frontend, a backend or a server. */
final class Counter {
  long queued;
  long queuedMost;
  long sessions;
  long sessionsMost;
  long sessionsTotal;
  long octetsIn;
  long octetsOut;
  long deniedRequests;
  long deniedResponses;
  long requestErrors;
  long connectionErrors;
  long responseErrors;
  long retries;
  long redispatches;
  long balanced;
  long requests;
  long clientAborts;
  long serverAborts;
  long connections;
  final long[] statuses = new long[6];
  final EventRate sessionRate = new EventRate();
  final EventRate requestRate = new EventRate();

  void sessionBegan(long nowNanos) {
    sessions++;
    sessionsTotal++;
    sessionsMost = Math.max(sessionsMost, sessions);
    sessionRate.count(nowNanos);
  }

  void sessionEnded() {
    sessions--;
  }

  void queueChanged(long now) {
    queued = now;
    queuedMost = Math.max(queuedMost, now);
  }

  void answered(int status) {
    int hundreds = status / 100;
    statuses[hundreds >= 1 && hundreds <= 5 ? hundreds : 0]++;
  }

  Counters snapshot(long nowNanos) {
    return new Counters(
        queued,
        queuedMost,
        sessions,
        sessionsMost,
        sessionsTotal,
        octetsIn,
        octetsOut,
        deniedRequests,
        deniedResponses,
        requestErrors,
        connectionErrors,
        responseErrors,
        retries,
        redispatches,
        balanced,
        sessionRate.perSecond(nowNanos),
        sessionRate.most(),
        statuses[1],
        statuses[2],
        statuses[3],
        statuses[4],
        statuses[5],
        statuses[0],
        requestRate.perSecond(nowNanos),
        requestRate.most(),
        requests,
        clientAborts,
        serverAborts,
        connections);
  }
}
