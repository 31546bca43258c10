package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A cluster, what is done to it, and what is expected of it.
 *
 * @param name the folder's name
 * @param until when the run ends
 * @param hosts in the order of the file; so are segments and clients
 */
public record Scenario(
    String name,
    String title,
    String about,
    List<Segment> segments,
    List<Host> hosts,
    List<Client> clients,
    List<TimelineEntry> timeline,
    Duration until,
    List<Expectation> expectations) {
  public Scenario {
    segments = List.copyOf(segments);
    hosts = List.copyOf(hosts);
    clients = List.copyOf(clients);
    timeline = List.copyOf(timeline);
    expectations = List.copyOf(expectations);
  }

  public Optional<Host> host(String hostName) {
    return hosts.stream().filter(h -> h.name().equals(hostName)).findFirst();
  }

  public Optional<Segment> segment(String segmentName) {
    return segments.stream().filter(s -> s.name().equals(segmentName)).findFirst();
  }

  public Scenario withTimeline(List<TimelineEntry> newTimeline) {
    return new Scenario(
        name, title, about, segments, hosts, clients, newTimeline, until, expectations);
  }

  public Scenario withExpectations(List<Expectation> newExpectations) {
    return new Scenario(
        name, title, about, segments, hosts, clients, timeline, until, newExpectations);
  }

  public Scenario withHosts(List<Host> newHosts) {
    return new Scenario(
        name, title, about, segments, newHosts, clients, timeline, until, expectations);
  }

  public Scenario withSegments(List<Segment> newSegments) {
    return new Scenario(
        name, title, about, newSegments, hosts, clients, timeline, until, expectations);
  }
}
