package org.vipdrift.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;

/** The schema for editors and the loader say the same, as far as a schema can tell. */
class ScenarioSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(ScenarioWriter.schema());

  @TempDir Path directory;

  private static boolean valid(String yaml) {
    return violations(yaml).isEmpty();
  }

  private static Set<ValidationMessage> violations(String yaml) {
    Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return SCHEMA.validate(JSON.valueToTree(value));
  }

  private boolean loads(String yaml) {
    return SampleFolder.in(directory).load(yaml).scenario().isPresent();
  }

  @Test
  void bothAcceptTheSample() {
    assertThat(valid(SampleFolder.YAML)).isTrue();
    assertThat(loads(SampleFolder.YAML)).isTrue();
    assertThat(violations(SampleFolder.TRAFFIC)).isEmpty();
    assertThat(loads(SampleFolder.TRAFFIC)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "addresses: [20.0.0.30] | addresses: 20.0.0.30",
        "segment: lan, addresses: [20.0.0.254] | segment: lan",
        "listen: 80 | listen: [80, 443]",
        "{ listen: 80, body: nginx1 } | {}",
        "{ listen: 80, body: nginx1 } | null",
        "start: 1s | start: never",
        "start: 1s | start: 1s500ms",
        "check.sh: check.sh | check.sh: { text: `exit 0`, executable: true }",
        "forward: true | gateway: 20.0.0.1",
        "[20.0.0.254] } | [20.0.0.254] }, lo: { addresses: [20.0.0.100/32] }",
        "forward: true | marks: [{ match: { port: 80 }, mark: 7 }]",
        "forward: true | sysctls: { net.ipv4.conf.all.arp_ignore: 1 }",
        "kill: a | power-off: b",
        "kill: a | link-down: { host: a }",
        "kill: a | unplug: { host: b, interface: eth1 }",
        "kill: a | igmp-snooping: lan",
        "kill: a | loss: { segment: lan, percent: 40% }",
        "kill: a | loss: { segment: lan, percent: 40, match: vrrp, from: a, to: [b, c] }",
        "kill: a | loss: { segment: lan, burst: { to-bad: 1%, to-good: 20% } }",
        "kill: a | partition: { segment: lan, groups: [a, [b, c]] }",
        "kill: a | duplicate-address: { segment: lan, address: 20.0.0.100 }",
        "kill: a | clock-drift: { host: a, rate: -2% }",
        "kill: a | clock-drift: { host: a, rate: 500ppm }",
        "{ longer-than: 50ms } | {}",
        "{ longer-than: 50ms } | 50ms",
        "from: 13s..14s, to: 19s..20s | from: 13s",
        "longest: 5s | at-least: 1s, from: 2s",
        "host: a, from: 5s, to: 10s | host: a, from: 5s",
      })
  void bothAccept(String part, String by) {
    String yaml = SampleFolder.edited(part, by.replace('`', '"'));
    assertThat(SampleFolder.in(directory).load(yaml).problems()).isEmpty();
    assertThat(violations(yaml)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "title: | titel:",
        "until: 45s | until: 45",
        "until: 45s | until: soon",
        "latency: 50us | latancy: 50us",
        "segment: wan | segmnt: wan",
        "subnet: 30.0.0.0/24 | subnet: 30.0.0.0",
        "config: b/keepalived.conf | listen: 80",
        "listen: 80 | listen: 80000",
        "forward: true | forward: maybe",
        "exit: 0 | exit: 300",
        "exit: 0 | code: 0",
        "ping: 20.0.0.100 | get: 20.0.0.100",
        "ping: 20.0.0.100 | ping: 20.0.0.100, cookies: true",
        "ping: 20.0.0.100 | ping: 20.0.0.100, count: 10",
        "ping: 20.0.0.100 | ping: 20.0.0.100, requests: 0",
        "kill: a | server-slow: a",
        "kill: a | server-error: { host: a, status: 200 }",
        "outage: { client: c, longest: 5s } | errors: { client: c }",
        "outage: { client: c, longest: 5s } | latency: { client: c, p20: 5s }",
        "outage: { client: c, longest: 5s } | served-by: { client: c }",
        "ping: 20.0.0.100 | ping: gateway",
        "every: 200ms | every: often",
        "/etc/keepalived/check.sh: | check.sh:",
        "mac: 02:00:00:00:00:0b | mac: 02:00",
        "kill: a | kil: a",
        "kill: a | kill: [a]",
        "kill: a | kill: a, stop: a",
        "kill: a | kill: { process: nginx }",
        "at: 30s, kill: a | kill: a",
        "at: 30s, kill: a | at: 30s",
        "kill: a | loss: { segment: lan }",
        "kill: a | loss: { segment: lan, percent: 400% }",
        "kill: a | clock-drift: { host: a, rate: 2 }",
        "kill: a | partition: { segment: lan, groups: [[a]] }",
        "kill: a | broadcast-storm: { segment: lan }",
        "chain: in | chain: inn",
        "match: vrrp | match: { port: 80, source: 20.0.0.1 }",
        "match: vrrp | match: tcp",
        "action: drop | action: block",
        "no-split-brain: | no-splitbrain:",
        "longer-than: 50ms | longer: 50ms",
        "client: c, longest: 5s | client: c",
        "state: MASTER | state: master",
        "vip: 20.0.0.100, from: 13s..14s, | from: 13s..14s,",
      })
  void bothRefuse(String part, String by) {
    String yaml = SampleFolder.edited(part, by);
    assertThat(loads(yaml)).as("the loader").isFalse();
    assertThat(valid(yaml)).as("the schema").isFalse();
  }

  @Test
  void everythingThatTheWriterWritesIsValid() throws IOException {
    Scenario sample =
        SampleFolder.in(directory.resolve("sample"))
            .load(SampleFolder.TRAFFIC)
            .scenario()
            .orElseThrow();
    Path folder = directory.resolve("copy");
    ScenarioWriter.write(
        folder,
        sample
            .withTimeline(
                EveryKeyword.actions().stream()
                    .<TimelineEntry>map(
                        a -> new TimelineEntry.Perform(Duration.ZERO, "n", Optional.empty(), a))
                    .toList())
            .withExpectations(EveryKeyword.expectations()));
    String yaml = Files.readString(folder.resolve("scenario.yaml"));
    assertThat(violations(yaml)).isEmpty();
  }

  @Test
  void theSchemaHasEveryKeyword() throws IOException {
    JsonNode root = JSON.readTree(ScenarioWriter.schema());
    Set<String> actions = new LinkedHashSet<>();
    EveryKeyword.actions().stream().map(Action::keyword).forEach(actions::add);
    Set<String> expectations = new LinkedHashSet<>();
    EveryKeyword.expectations().stream().map(Expectation::keyword).forEach(expectations::add);
    assertThat(names(root.at("/properties/timeline/items/properties")))
        .containsAll(actions)
        .hasSize(actions.size() + 4);
    assertThat(names(root.at("/properties/expect/items/properties")))
        .containsExactlyInAnyOrderElementsOf(expectations);
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new LinkedHashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
