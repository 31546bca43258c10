package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.scenarios.file.SegmentReader.ReadSegment;

/** Reads the top of a scenario file; what it makes of a file with errors holds stand-ins. */
final class ScenarioReader {
  private final String name;
  private final FolderFiles files;

  ScenarioReader(String name, FolderFiles files) {
    this.name = name;
    this.files = files;
  }

  Scenario read(YamlNode root) {
    YamlMap map = root.map("the scenario");
    String title = map.optional("title").flatMap(v -> v.text("a title")).orElse(name);
    String about = map.optional("about").flatMap(v -> v.text("a text")).orElse("").strip();
    Optional<Duration> until = map.required("until").flatMap(YamlNode::positiveDuration);
    Map<String, ReadSegment> readSegments =
        map.required("segments").map(SegmentReader::read).orElse(Map.of());
    List<Segment> segments = readSegments.values().stream().map(ReadSegment::segment).toList();
    List<String> segmentNames = segments.stream().map(Segment::name).toList();
    AddressBook addresses = new AddressBook(readSegments);
    List<Host> hosts =
        map.required("hosts")
            .map(v -> new HostReader(files, segmentNames, addresses, until).read(v))
            .orElse(List.of());
    List<Client> clients =
        map.optional("clients")
            .map(
                v ->
                    new ClientReader(segmentNames, addresses, new Intervals(until))
                        .read(v, hosts.stream().map(Host::name).toList()))
            .orElse(List.of());
    ClusterNames names = new ClusterNames(segments, hosts, clients, until);
    Intervals times = new Intervals(until);
    List<TimelineEntry> timeline =
        map.optional("timeline")
            .map(v -> new TimelineReader(new ActionReader(names, files), times).read(v))
            .orElse(List.of());
    List<Expectation> expectations =
        map.optional("expect")
            .map(v -> new ExpectationReader(names, times).read(v))
            .orElse(List.of());
    map.finish();
    return new Scenario(
        name,
        title,
        about,
        segments,
        hosts,
        clients,
        timeline,
        until.orElse(Duration.ZERO),
        expectations);
  }
}
