package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** A {@code tcp-check} or {@code http-check} line. */
public sealed interface CheckStep {
  /**
   * @param likeServer {@code default}: with the TLS and the PROXY protocol of the server
   * @param port absent: the server's check port
   * @param comment said where the step fails
   */
  record Connect(
      boolean likeServer,
      Optional<Integer> port,
      Optional<ServerAddress> address,
      boolean tls,
      boolean sendProxy,
      boolean linger,
      Optional<String> sni,
      List<String> alpn,
      Optional<String> comment)
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
   * @param comment said where the step fails
   */
  record Expect(
      boolean negated,
      CheckExpectation expectation,
      int minimumReceived,
      Optional<String> okStatus,
      Optional<String> errorStatus,
      Optional<String> timeoutStatus,
      Optional<LogFormat> onSuccess,
      Optional<LogFormat> onError,
      Optional<String> comment)
      implements CheckStep {}

  /** A line with nothing but a comment: a step that does nothing, of which the next may speak. */
  record Comment(String text) implements CheckStep {}

  record SetVariable(VariableName name, SampleExpression value) implements CheckStep {}

  record SetVariableFormat(VariableName name, LogFormat value) implements CheckStep {}

  record UnsetVariable(VariableName name) implements CheckStep {}
}
