package org.vipdrift.model.haproxy;

import java.util.Optional;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;

/** What {@code tcp-request connection} rules may look at: the connection, before it says a word. */
final class ConnectionContext extends ClientContext {
  ConnectionContext(ClientSession client) {
    super(client);
  }

  @Override
  public Optional<EditableRequest> request() {
    return Optional.empty();
  }

  @Override
  public Optional<EditableResponse> response() {
    return Optional.empty();
  }

  @Override
  public String backendName() {
    return client.frontend.name();
  }

  @Override
  public Optional<String> server() {
    return Optional.empty();
  }

  @Override
  public Optional<String> logVariable(String name) {
    return Optional.empty();
  }
}
