package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Host.ProcessSpecification;
import org.vipdrift.model.scenario.Segment;

/**
 * What the timeline and the expectations may refer to.
 *
 * @param until the end of the run; empty where it could not be read
 */
record ClusterNames(
    List<Segment> segments, List<Host> hosts, List<Client> clients, Optional<Duration> until) {

  List<String> segmentNames() {
    return segments.stream().map(Segment::name).toList();
  }

  List<String> hostNames() {
    return hosts.stream().map(Host::name).toList();
  }

  List<String> clientNames() {
    return clients.stream().map(Client::name).toList();
  }

  Optional<Client> client(String name) {
    return clients.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  List<String> machineNames() {
    return Stream.concat(hostNames().stream(), clientNames().stream()).toList();
  }

  Optional<Host> host(String name) {
    return hosts.stream().filter(h -> h.name().equals(name)).findFirst();
  }

  List<String> interfaceNames(String host) {
    return host(host).stream()
        .flatMap(h -> h.interfaces().stream())
        .map(HostInterface::name)
        .toList();
  }

  List<String> processNames(String host) {
    return host(host).stream()
        .flatMap(h -> h.processes().stream())
        .map(ProcessSpecification::name)
        .toList();
  }

  /** Hosts and clients on the segment, or everywhere if it is not known. */
  Collection<String> membersOf(Optional<String> segment) {
    List<String> members = new ArrayList<>();
    for (Host host : hosts) {
      if (host.interfaces().stream()
          .anyMatch(i -> segment.isEmpty() || i.segment().equals(segment.get()))) {
        members.add(host.name());
      }
    }
    for (Client client : clients) {
      if (segment.isEmpty() || client.segment().equals(segment.get())) {
        members.add(client.name());
      }
    }
    return members;
  }

  /** The texts of every configuration of the host's keepalived, by path. */
  Map<String, String> keepalivedTexts(String host) {
    Map<String, String> texts = new LinkedHashMap<>();
    host(host).stream()
        .flatMap(h -> h.processes().stream())
        .forEach(
            p -> {
              if (p instanceof KeepalivedProcess keepalived) {
                texts.putAll(keepalived.texts());
              }
            });
    return texts;
  }
}
