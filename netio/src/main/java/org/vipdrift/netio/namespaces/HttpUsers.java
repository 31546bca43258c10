package org.vipdrift.netio.namespaces;

import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Pages;

/** The users of a client that send HTTP requests. */
final class HttpUsers implements AutoCloseable {
  HttpUsers(
      Client client,
      Client.Fetches fetches,
      Machine machine,
      TraceRecorder trace,
      PingUser.Holders holders,
      Pages pages,
      SplitRandom random) {}

  void start() {}

  @Override
  public void close() {}
}
