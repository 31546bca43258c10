package org.vipdrift.scenarios.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.haproxy.HaproxyParser;
import org.vipdrift.model.config.haproxy.ParseOptions;
import org.vipdrift.model.config.nginx.HostNames;
import org.vipdrift.model.config.nginx.NginxParser;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Host;

/** What the configurations of proxies and web servers say that is wrong or without effect. */
final class ProxyConfigurations {
  /** The codes under which parsers note what they accept and the simulation ignores. */
  private static final List<String> NOT_MODELLED = List.of("accepted-not-modelled", "not-modelled");

  private static final IpAddress NOT_READ = IpAddress.v4(0, 0, 0, 0);

  private ProxyConfigurations() {}

  /** The problems of a process's configuration; none for one without. */
  static List<Problem> problems(Host host, Host.ProcessSpecification process, HostNames names) {
    return switch (process) {
      case Host.HaproxyProcess haproxy ->
          HaproxyParser.parse(
                  new SourceTexts(haproxy.texts()),
                  haproxy.configurationFile(),
                  ParseOptions.DEFAULT.withHostName(host.name()))
              .problems();
      case Host.NginxProcess nginx ->
          NginxParser.parse(new SourceTexts(nginx.texts()), nginx.configurationFile(), names)
              .problems();
      case Host.KeepalivedProcess _, Host.ServerProcess _ -> List.of();
    };
  }

  /**
   * A scenario's hosts know each other by name.
   *
   * @param sound whether a host without an address has none; otherwise it could not be read
   */
  static HostNames names(List<Host> hosts, boolean sound) {
    Map<String, IpAddress> addresses = new LinkedHashMap<>();
    for (Host host : hosts) {
      host.interfaces().stream()
          .flatMap(each -> each.addresses().stream())
          .findFirst()
          .map(IpPrefix::address)
          .or(() -> sound ? Optional.empty() : Optional.of(NOT_READ))
          .ifPresent(address -> addresses.put(host.name(), address));
    }
    return HostNames.of(addresses);
  }

  /** Of these problems, what a report has to say before its verdict. */
  static List<String> notModelled(List<Problem> problems) {
    return problems.stream()
        .filter(problem -> NOT_MODELLED.contains(problem.code()))
        .map(p -> p.span().file() + ":" + p.span().line() + ": " + p.message())
        .distinct()
        .toList();
  }
}
