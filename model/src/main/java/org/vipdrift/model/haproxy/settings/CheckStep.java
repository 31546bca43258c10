package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** A {@code tcp-check} or {@code http-check} line. */
public sealed interface CheckStep {
  /**
   * @param port absent: the server's check port
   */
  record Connect(
      Optional<Integer> port,
      Optional<ServerAddress> address,
      boolean tls,
      boolean sendProxy,
      boolean linger,
      Optional<String> sni,
      List<String> alpn)
      implements CheckStep {
    public Connect {
      alpn = List.copyOf(alpn);
    }
  }

  record Send(Octets data) implements CheckStep {}

  record SendFormat(LogFormat format, boolean hexadecimal) implements CheckStep {}

  /**
   * @param version such as {@code HTTP/1.0}, the default
   */
  record SendHttp(
      String method,
      LogFormat uri,
      String version,
      List<HeaderField> headers,
      Optional<LogFormat> body)
      implements CheckStep {
    public SendHttp {
      headers = List.copyOf(headers);
    }
  }

  /**
   * @param minimumReceived octets to wait for before judging, -1 for none
   * @param okStatus status reported on success, such as {@code L7OK}
   * @param errorStatus status reported on a mismatch
   * @param timeoutStatus status reported when nothing came
   */
  record Expect(
      boolean negated,
      CheckExpectation expectation,
      int minimumReceived,
      Optional<String> okStatus,
      Optional<String> errorStatus,
      Optional<String> timeoutStatus,
      Optional<LogFormat> onSuccess,
      Optional<LogFormat> onError)
      implements CheckStep {}

  record SetVariable(VariableName name, SampleExpression value) implements CheckStep {}

  record SetVariableFormat(VariableName name, LogFormat value) implements CheckStep {}

  record UnsetVariable(VariableName name) implements CheckStep {}
}
