package org.vipdrift.model.haproxy;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.ProxySettings;

/** The page of {@code stats enable}. */
final class StatisticsPage {
  private final ProxyProcess process;

  StatisticsPage(ProxyProcess process) {
    this.process = process;
  }

  boolean wants(ProxySettings proxy, EditableRequest request) {
    return proxy.stats().isPresent()
        && proxy.stats().get().enabled()
        && request.target().startsWith(proxy.stats().get().uri());
  }

  EditableResponse page(ProxySettings proxy, HttpStream stream) {
    EditableHeaders headers = EditableHeaders.empty();
    headers.add("cache-control", "no-cache");
    headers.add("content-type", "text/html");
    StringBuilder text = new StringBuilder();
    for (Backend backend : process.backends()) {
      text.append(backend.name()).append('\n');
    }
    byte[] body = text.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    headers.add("content-length", Integer.toString(body.length));
    return new EditableResponse(200, "OK", headers, Octets.adopt(body));
  }
}
