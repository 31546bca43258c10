package org.vipdrift.model.haproxy;

import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.haproxy.sample.LiveFigures;
import org.vipdrift.model.haproxy.sample.Sample;
import org.vipdrift.model.haproxy.settings.UserList;

/** Answers what sessions ask of the rest of the process. */
final class RunningFigures implements LiveFigures {
  private final ProxyProcess process;

  RunningFigures(ProxyProcess process) {
    this.process = process;
  }

  @Override
  public Optional<UserList> userList(String name) {
    return process.configuration().userList(name);
  }

  @Override
  public int usableServers(String backend) {
    return process
        .backend(backend)
        .map(
            b ->
                b.balanced.usableActive() > 0
                    ? b.balanced.usableActive()
                    : b.balanced.usableBackup())
        .orElse(0);
  }

  @Override
  public int backendConnections(String backend) {
    return process.backend(backend).map(Backend::sessions).orElse(0);
  }

  @Override
  public int frontendConnections(String frontend) {
    return process.frontend(frontend).map(Frontend::connections).orElse(0);
  }

  @Override
  public int queued(String backend) {
    return process.backend(backend).map(Backend::queued).orElse(0);
  }

  @Override
  public OptionalLong serverConnections(String backend, String server) {
    Optional<Server> found = process.backend(backend).flatMap(b -> b.server(server));
    return found.isPresent() ? OptionalLong.of(found.get().counter.sessions) : OptionalLong.empty();
  }

  @Override
  public Optional<Boolean> serverIsUp(String backend, String server) {
    return process
        .backend(backend)
        .flatMap(b -> b.server(server))
        .map(
            s ->
                s.load().snapshot().state() != OperationalState.STOPPED
                    && !s.load().snapshot().maintenance());
  }

  @Override
  public OptionalLong stored(String table, Sample key, String data) {
    long now = process.environment.monotonicNanos();
    Optional<StickTable.Entry> entry = process.stickTable(table).flatMap(t -> t.find(key, now));
    return entry.isPresent() ? OptionalLong.of(entry.get().value(data, now)) : OptionalLong.empty();
  }

  @Override
  public String hostName() {
    return process.environment.hostName();
  }

  @Override
  public int processId() {
    return process.environment.processId();
  }
}
