package org.vipdrift.model.haproxy.sample;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.settings.VariableName;

/** The session a sample is fetched from. */
public interface SampleContext {
  IpAddress source();

  int sourcePort();

  IpAddress destination();

  int destinationPort();

  /** The request, once its head is there; of a TCP session never. */
  Optional<EditableRequest> request();

  /** The server's response, while response rules run. */
  Optional<EditableResponse> response();

  boolean isTls();

  /** The name the client asked for in its TLS handshake. */
  Optional<String> serverName();

  String frontendName();

  /** The frontend's until a backend is chosen. */
  String backendName();

  /** The server's, once one is chosen. */
  Optional<String> server();

  Optional<Sample> variable(VariableName name);

  void setVariable(VariableName name, Sample value);

  void unsetVariable(VariableName name);

  /** What is known beyond this session. */
  LiveFigures figures();

  long wallNanos();

  /** The value of a log variable such as {@code ci}; empty prints as a dash. */
  Optional<String> logVariable(String name);
}
