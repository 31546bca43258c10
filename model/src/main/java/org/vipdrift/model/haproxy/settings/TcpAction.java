package org.vipdrift.model.haproxy.settings;

/** What a TCP rule does. */
public sealed interface TcpAction permits TcpAction.Own, SharedAction {
  /** Actions only TCP rules have. */
  sealed interface Own extends TcpAction {}

  record Accept() implements Own {}

  record ExpectProxy() implements Own {}

  record ExpectNetscalerCip() implements Own {}

  /** {@code switch-mode http}. */
  record SwitchToHttp() implements Own {}

  /** {@code tcp-response content close}. */
  record Close() implements Own {}
}
