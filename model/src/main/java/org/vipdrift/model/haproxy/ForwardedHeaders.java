package org.vipdrift.model.haproxy;

import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.settings.ProxyOptions.ForwardFor;
import org.vipdrift.model.haproxy.settings.ProxySettings;

/** {@code option forwardfor} and {@code option originalto}. */
final class ForwardedHeaders {
  private ForwardedHeaders() {}

  /** The backend's option names the header where both have one; either may except addresses. */
  static void add(
      Stream stream, EditableRequest request, ProxySettings frontend, ProxySettings backend) {
    add(
        request,
        frontend.options().forwardFor(),
        backend.options().forwardFor(),
        stream.client.source);
    add(
        request,
        frontend.options().originalTo(),
        backend.options().originalTo(),
        stream.destination());
  }

  private static void add(
      EditableRequest request,
      Optional<ForwardFor> frontend,
      Optional<ForwardFor> backend,
      IpAddress address) {
    if (frontend.isEmpty() && backend.isEmpty()) {
      return;
    }
    ForwardFor naming = backend.or(() -> frontend).orElseThrow();
    boolean ifNone =
        frontend.map(ForwardFor::ifNone).orElse(true)
            && backend.map(ForwardFor::ifNone).orElse(true);
    boolean excepted = excepts(frontend, address) || excepts(backend, address);
    if (excepted || ifNone && request.headers().has(naming.header().toLowerCase(Locale.ROOT))) {
      return;
    }
    request.headers().add(naming.header(), address.toString());
  }

  private static boolean excepts(Optional<ForwardFor> option, IpAddress address) {
    return option.flatMap(ForwardFor::except).filter(p -> p.contains(address)).isPresent();
  }
}
