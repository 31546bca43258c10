package org.vipdrift.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.haproxy.HaproxyParser;
import org.vipdrift.model.config.haproxy.ParseOptions;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.HaproxyProcess;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;

/** The servers behind the proxies of a host, for expectations that name one. */
final class ProxiedServers {
  private ProxiedServers() {}

  /**
   * Reports a proxy or a server that no HAProxy of the host has; where keepalived has virtual
   * servers too, names are taken as they are.
   */
  static void check(YamlMap map, Host host, Optional<String> process, String proxy, String server) {
    boolean director =
        host.processes().stream()
            .anyMatch(
                p ->
                    p instanceof KeepalivedProcess keepalived
                        && keepalived.texts().values().stream()
                            .anyMatch(text -> text.contains("virtual_server"))
                        && process.map(p.name()::equals).orElse(true));
    Map<String, List<String>> known = new LinkedHashMap<>();
    for (Host.ProcessSpecification each : host.processes()) {
      if (each instanceof HaproxyProcess haproxy && process.map(each.name()::equals).orElse(true)) {
        known.putAll(servers(host, haproxy));
      }
    }
    if (director || known.isEmpty()) {
      return;
    }
    String where = " on host '" + host.name() + "'";
    if (map.entry("proxy").value().nameOf("backend", where, known.keySet()).isPresent()) {
      map.entry("server")
          .value()
          .nameOf("server", " in backend '" + proxy + "'" + where, known.get(proxy));
    }
  }

  private static Map<String, List<String>> servers(Host host, HaproxyProcess haproxy) {
    HaproxyConfiguration configuration =
        HaproxyParser.parse(
                new SourceTexts(haproxy.texts()),
                haproxy.configurationFile(),
                ParseOptions.DEFAULT.withHostName(host.name()))
            .configuration();
    Map<String, List<String>> servers = new LinkedHashMap<>();
    for (ProxySettings proxy : configuration.proxies()) {
      proxy
          .backend()
          .ifPresent(
              backend -> {
                List<String> names = new ArrayList<>();
                backend.servers().forEach(server -> names.add(server.name()));
                servers.put(proxy.name(), names);
              });
    }
    return servers;
  }
}
