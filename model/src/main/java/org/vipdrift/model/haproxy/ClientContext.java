package org.vipdrift.model.haproxy;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.sample.LiveFigures;
import org.vipdrift.model.haproxy.sample.Sample;
import org.vipdrift.model.haproxy.sample.SampleContext;
import org.vipdrift.model.haproxy.settings.VariableName;

/** What samples see of a client, whatever it has said. */
abstract class ClientContext implements SampleContext {
  final ClientSession client;

  ClientContext(ClientSession client) {
    this.client = client;
  }

  @Override
  public IpAddress source() {
    return client.source;
  }

  @Override
  public int sourcePort() {
    return client.sourcePort;
  }

  @Override
  public IpAddress destination() {
    return client.link.localAddress();
  }

  @Override
  public int destinationPort() {
    return client.link.localPort();
  }

  @Override
  public boolean isTls() {
    return client.link.isTls();
  }

  @Override
  public Optional<String> serverName() {
    return client.link.serverName();
  }

  @Override
  public String frontendName() {
    return client.frontend.name();
  }

  @Override
  public Optional<Sample> variable(VariableName name) {
    return client.variables.get(name);
  }

  @Override
  public void setVariable(VariableName name, Sample value) {
    client.variables.set(name, value);
  }

  @Override
  public void unsetVariable(VariableName name) {
    client.variables.unset(name);
  }

  @Override
  public LiveFigures figures() {
    return client.process.figures;
  }

  @Override
  public long wallNanos() {
    return client.process.environment.wallNanos();
  }
}
