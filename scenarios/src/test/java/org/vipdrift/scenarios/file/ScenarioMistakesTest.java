package org.vipdrift.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.config.Problem;

/** Every sort of mistake is found at its place, with a suggestion where there is one. */
class ScenarioMistakesTest {
  @TempDir Path directory;
  SampleFolder sample;

  @BeforeEach
  void writeFolder() {
    sample = SampleFolder.in(directory);
  }

  /** Expects exactly one problem, at the place of {@code §}. */
  private void expectWhole(String marked, Mistake mistake, String message, String suggestion) {
    int at = marked.indexOf('§');
    String before = marked.substring(0, at);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = at - before.lastIndexOf('\n');
    ScenarioLoad load = sample.load(marked.replace("§", ""));
    assertThat(load.scenario()).isEmpty();
    assertThat(load.problems())
        .as(() -> load.problems().toString())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.code()).isEqualTo(mistake.code());
              assertThat(p.message()).contains(message);
              assertThat(p.suggestion().orElse("")).contains(suggestion);
              assertThat(p.span().file()).isEqualTo(directory.resolve("scenario.yaml").toString());
              assertThat(List.of(p.span().line(), p.span().column()))
                  .isEqualTo(List.of(line, column));
            });
  }

  private void expect(
      String part, String marked, Mistake mistake, String message, String suggestion) {
    expectWhole(SampleFolder.edited(part, marked), mistake, message, suggestion);
  }

  @Nested
  class Syntax {
    @Test
    void tabs() {
      expect(
          "  lan:", "§\tlan:", Mistake.YAML_SYNTAX, "cannot start any token", "spaces, not tabs");
    }

    @Test
    void missingBracket() {
      expectWhole(
          "hosts: { a: [1, 2 }§\nb: 1\n".replace("}§", "§}"),
          Mistake.YAML_SYNTAX,
          "expected ',' or ']'",
          "bracket or a comma");
    }

    @Test
    void unknownAnchor() {
      expect("host: a, from: 5s", "host: §*a, from: 5s", Mistake.YAML_SYNTAX, "unknown anchor", "");
    }

    @Test
    void anchorThatContainsItself() {
      expectWhole(
          "title: &t [§*t]\n", Mistake.YAML_SYNTAX, "the anchor 't' contains itself", "write");
    }

    @Test
    void ipv6AddressThatYamlRefuses() {
      expect(
          "[20.0.0.254]",
          "[20.0.0.254, §::1]",
          Mistake.YAML_SYNTAX,
          "",
          "quote this IPv6 address: \"::1\"");
    }

    @Test
    void ipv6AddressInFrontOfMoreMapping() {
      expectWhole(
          "a: fd00:§:\n  b: 1\n", Mistake.YAML_SYNTAX, "mapping values", "quote this IPv6 address");
    }

    @Test
    void secondDocument() {
      expectWhole("a: 1\n§---\nb: 2\n", Mistake.YAML_SYNTAX, "another document", "one scenario");
    }

    @Test
    void controlCharacter() {
      expectWhole("a: x§\u0001\n", Mistake.YAML_SYNTAX, "U+0001", "");
    }

    @Test
    void endlessNesting() {
      expectWhole(
          "a: " + "[".repeat(29) + "§" + "[".repeat(5_000),
          Mistake.YAML_SYNTAX,
          "nested more than 30 deep",
          "");
    }

    @Test
    void nothing() {
      expectWhole("§", Mistake.MISSING_KEY, "the file is empty", "hosts");
    }

    @Test
    void mergeKey() {
      expect(
          "gw: { interfaces",
          "gw: { §<<: { forward: true }, interfaces",
          Mistake.YAML_SYNTAX,
          "merge keys",
          "");
    }

    @Test
    void tagWhereTextIsWanted() {
      expect("body: nginx1", "body: §!nginx1 x", Mistake.WRONG_VALUE, "YAML tag", "quote");
    }
  }

  @Nested
  class KeysAndTypes {
    @Test
    void unknownKeyAtTheTop() {
      expect("title:", "§titel:", Mistake.UNKNOWN_KEY, "'titel'", "did you mean 'title'?");
    }

    @Test
    void unknownKeyDeepDown() {
      expect("latency:", "§latancy:", Mistake.UNKNOWN_KEY, "in segment 'lan'", "'latency'");
    }

    @Test
    void keyGivenTwice() {
      expect(
          "until: 45s",
          "until: 45s\n§until: 46s",
          Mistake.DUPLICATE_KEY,
          "'until' is given twice",
          "line 29");
    }

    @Test
    void hostGivenTwice() {
      expect(
          "  gw: {",
          "  §a: { interfaces: { eth0: { segment: wan } } }\n  gw: {",
          Mistake.DUPLICATE_KEY,
          "'a' is given twice in hosts",
          "line 8");
    }

    @Test
    void missingKey() {
      expectWhole(
          "§" + SampleFolder.edited("until: 45s\n", ""),
          Mistake.MISSING_KEY,
          "the scenario needs 'until'",
          "");
    }

    @Test
    void missingKeyOfAnExpectation() {
      expect(
          "holder: { vip: 20.0.0.100, host: a,",
          "holder: §{ vip: 20.0.0.100,",
          Mistake.MISSING_KEY,
          "holder needs 'host'",
          "");
    }

    @Test
    void mappingExpected() {
      expect(
          "{ config: b/keepalived.conf }",
          "§b/keepalived.conf",
          Mistake.WRONG_VALUE,
          "expected a mapping for process 'keepalived', found 'b/keepalived.conf'",
          "");
    }

    @Test
    void listExpected() {
      expectWhole(
          SampleFolder.YAML.substring(0, SampleFolder.YAML.indexOf("expect:"))
              + "expect: §{ holder: 1 }\n",
          Mistake.WRONG_VALUE,
          "expected a list of expectations, found a mapping",
          "");
    }

    @Test
    void durationWithoutUnit() {
      expect("start: 1s", "start: §1", Mistake.WRONG_VALUE, "found '1'", "write the unit: 1s");
    }

    @Test
    void durationThatIsNone() {
      expect("timeout: 1s", "timeout: §soon", Mistake.WRONG_VALUE, "duration", "units are h, m");
    }

    @Test
    void latencyThatIsNotPositive() {
      expect("latency: 50us", "latency: §0s", Mistake.WRONG_VALUE, "longer than 0", "");
    }

    @Test
    void negativeDuration() {
      expect("every: 200ms", "every: §-1s", Mistake.WRONG_VALUE, "longer than 0", "");
    }

    @Test
    void portOutOfRange() {
      expect("listen: 80", "listen: §80000", Mistake.WRONG_VALUE, "a TCP port from 1 to 65535", "");
    }

    @Test
    void exitCodeOutOfRange() {
      expect("exit: 0", "exit: §256", Mistake.WRONG_VALUE, "an exit code from 0 to 255", "");
    }

    @Test
    void oldBoolean() {
      expect("forward: true", "forward: §yes", Mistake.WRONG_VALUE, "true or false", "write true");
    }

    @Test
    void wordOutsideTheChoice() {
      expect("chain: in", "chain: §im", Mistake.WRONG_VALUE, "'im' is not a chain", "'in'");
    }

    @Test
    void nothingWhereSomethingIsWanted() {
      expect("ping: 20.0.0.100", "ping: §~", Mistake.WRONG_VALUE, "found nothing", "");
    }
  }

  @Nested
  class Addresses {
    @Test
    void readAsMappingByYaml() {
      expect(
          "[20.0.0.254]",
          "[20.0.0.254, §fd00:: ]",
          Mistake.WRONG_VALUE,
          "'fd00::' is read as a YAML mapping",
          "quote this IPv6 address: \"fd00::\"");
    }

    @Test
    void unquotedIpv6IsFineWhereYamlAgrees() {
      assertThat(
              sample.load(SampleFolder.edited("[20.0.0.254]", "[20.0.0.254, fd00::fe]")).problems())
          .isEmpty();
    }

    @Test
    void malformed() {
      expect("ping: 20.0.0.100", "ping: §20.0.0.300", Mistake.WRONG_VALUE, "IP address", "255");
    }

    @Test
    void threeNumbers() {
      expect("ping: 20.0.0.100", "ping: §20.0.0", Mistake.WRONG_VALUE, "IP", "four numbers");
    }

    @Test
    void prefixWhereNoneBelongs() {
      expect(
          "ping: 20.0.0.100",
          "ping: §20.0.0.100/24",
          Mistake.WRONG_VALUE,
          "an IP address",
          "write it without a prefix length: 20.0.0.100");
    }

    @Test
    void outsideTheSubnet() {
      expect(
          "[20.0.0.30]",
          "[§21.0.0.30]",
          Mistake.ADDRESS_OUTSIDE_SUBNET,
          "outside the subnet 20.0.0.0/24 of segment 'lan'",
          "21.0.0.30/24");
    }

    @Test
    void withoutSubnetOfItsFamily() {
      expect(
          "[30.0.0.30/24]",
          "[30.0.0.30/24, §\"fd01::1\"]",
          Mistake.ADDRESS_OUTSIDE_SUBNET,
          "segment 'wan' has no subnet",
          "fd01::1/64");
    }

    @Test
    void takenByAnotherHost() {
      expect(
          "[20.0.0.30]",
          "[§20.0.0.20]",
          Mistake.ADDRESS_TAKEN,
          "already taken on segment 'lan' by host 'a', interface 'eth0' in line 9",
          "duplicate-address");
    }

    @Test
    void takenByAHostWhenGivenToAClient() {
      expect("address: 20.0.0.10", "address: §20.0.0.30", Mistake.ADDRESS_TAKEN, "by host 'b'", "");
    }

    @Test
    void ofTheNetworkItself() {
      expect("[20.0.0.30]", "[§20.0.0.0]", Mistake.UNUSABLE_ADDRESS, "of the network", "");
    }

    @Test
    void broadcast() {
      expect("[20.0.0.30]", "[§20.0.0.255]", Mistake.UNUSABLE_ADDRESS, "broadcast", "");
    }

    @Test
    void multicast() {
      expect("[20.0.0.30]", "[§224.0.0.18/24]", Mistake.UNUSABLE_ADDRESS, "multicast", "");
    }

    @Test
    void subnetWithHostBits() {
      expect("30.0.0.0/24", "§30.0.0.1/24", Mistake.WRONG_VALUE, "host bits", "write 30.0.0.0/24");
    }

    @Test
    void subnetWithoutLength() {
      expect("30.0.0.0/24", "§30.0.0.0", Mistake.WRONG_VALUE, "a subnet", "prefix length");
    }

    @Test
    void subnetOfTheOtherFamily() {
      expect("30.0.0.0/24", "§\"fd01::/64\"", Mistake.WRONG_VALUE, "family", "subnet6");
    }

    @Test
    void gatewayOutsideTheHostsNetworks() {
      expect(
          "gateway: 20.0.0.254",
          "gateway: §20.0.1.254",
          Mistake.ADDRESS_OUTSIDE_SUBNET,
          "outside the host's networks",
          "20.0.0.20/24");
    }

    @Test
    void malformedMac() {
      expect("02:00:00:00:00:0b", "§02:00:00", Mistake.WRONG_VALUE, "a MAC address", "");
    }
  }

  @Nested
  class NamesAndFiles {
    @Test
    void unknownSegment() {
      expect("segment: wan", "segment: §wam", Mistake.UNKNOWN_NAME, "no segment 'wam'", "'wan'?");
    }

    @Test
    void unknownHost() {
      expect("kill: a", "kill: §gv", Mistake.UNKNOWN_NAME, "no host 'gv'", "did you mean 'gw'?");
    }

    @Test
    void unknownInterface() {
      expect(
          "interface: eth0",
          "interface: §ens33",
          Mistake.UNKNOWN_NAME,
          "no interface 'ens33' on host 'b'",
          "one of: eth0, eth1");
    }

    @Test
    void unknownProcess() {
      expect(
          "process: nginx",
          "process: §nginy",
          Mistake.UNKNOWN_NAME,
          "no process 'nginy' on host 'a'",
          "did you mean 'nginx'?");
    }

    @Test
    void processOfAHostThatHasNone() {
      expect("kill: a", "kill: §gw", Mistake.MISSING_KEY, "host 'gw' has none", "");
    }

    @Test
    void unknownClient() {
      expect("client: c", "client: §d", Mistake.UNKNOWN_NAME, "no client 'd'", "known: c");
    }

    @Test
    void unknownInstance() {
      expect("instance: VI_1", "instance: §VI_2", Mistake.UNKNOWN_NAME, "no vrrp_instance", "VI_1");
    }

    @Test
    void unknownScript() {
      expect(
          "kill: a",
          "for: 2s, script-slow: { host: a, script: §check_ngin, takes: 3s }",
          Mistake.UNKNOWN_NAME,
          "no vrrp_script 'check_ngin'",
          "check_nginx");
    }

    @Test
    void hostWithoutInterface() {
      expect(
          "  gw: { interfaces: { eth0: { segment: lan, addresses: [20.0.0.254] } }, forward: true"
              + " }",
          "  §gw: { interfaces: {} }",
          Mistake.HOST_WITHOUT_INTERFACE,
          "host 'gw' has no interface",
          "eth0: { segment: lan");
    }

    @Test
    void nameThatCannotBeOne() {
      expect("  gw: {", "  §g w: {", Mistake.MALFORMED_NAME, "'g w' cannot be the name", "letters");
    }

    @Test
    void clientNamedLikeAHost() {
      expect(
          "timeline:",
          "  §gw: { segment: lan, address: 20.0.0.11, ping: 20.0.0.100 }\ntimeline:",
          Mistake.DUPLICATE_NAME,
          "name of a host",
          "");
    }

    @Test
    void missingFile() {
      expect(
          "a/keepalived.conf",
          "§a/keepalive.conf",
          Mistake.UNREADABLE_FILE,
          "does not exist",
          "did you mean 'a/keepalived.conf'?");
    }

    @Test
    void directoryInsteadOfFile() {
      expect("a/keepalived.conf", "§a", Mistake.UNREADABLE_FILE, "is not a file", "relative");
    }

    @Test
    void binaryFile() throws IOException {
      Files.write(directory.resolve("check.sh"), new byte[] {1, 0, 2});
      expect("check.sh: check.sh", "check.sh: §check.sh", Mistake.UNREADABLE_FILE, "text file", "");
    }

    @Test
    void pathOnAHostThatIsNotAbsolute() {
      expect(
          "/etc/keepalived/check.sh:", "§etc/check.sh:", Mistake.WRONG_VALUE, "absolute", "/etc");
    }

    @Test
    void missingFolder() {
      ScenarioLoad load = ScenarioFolder.load(directory.resolve("nowhere"));
      assertThat(load.problems())
          .singleElement()
          .satisfies(p -> assertThat(p.message()).contains("does not exist"));
    }
  }

  @Nested
  class Times {
    @Test
    void actionAfterTheEnd() {
      expect("at: 30s", "at: §46s", Mistake.AFTER_END, "46s is not before the end", "'until'");
    }

    @Test
    void actionAtTheEnd() {
      expect("at: 30s", "at: §45s", Mistake.AFTER_END, "not before the end of the run at 45s", "");
    }

    @Test
    void expectationAfterTheEnd() {
      expect("to: 19s..20s", "to: §19s..50s", Mistake.AFTER_END, "50s is not before the end", "");
    }

    @Test
    void processThatStartsAfterTheEnd() {
      expect("start: 1s", "start: §1m", Mistake.AFTER_END, "1m is not before the end", "");
    }

    @Test
    void emptyInterval() {
      expect(
          "host: a, from: 5s, to: 10s",
          "host: a, from: 10s, to: §10s",
          Mistake.EMPTY_INTERVAL,
          "the interval is empty: from 10s to 10s",
          "later than 'from'");
    }

    @Test
    void momentBackwards() {
      expect("13s..14s", "§14s..13s", Mistake.EMPTY_INTERVAL, "ends before it begins", "earlier");
    }

    @Test
    void momentWithOneDot() {
      expect("13s..14s", "§13s.14s", Mistake.WRONG_VALUE, "a moment such as", "two dots");
    }
  }

  @Nested
  class Timeline {
    @Test
    void unknownAction() {
      expect("kill: a", "§kil: a", Mistake.UNKNOWN_ACTION, "'kil'", "did you mean 'kill'?");
    }

    @Test
    void noAction() {
      expect("- { at: 30s, kill: a }", "- §{ at: 30s }", Mistake.MISSING_KEY, "no action", "stop:");
    }

    @Test
    void twoActions() {
      expect("kill: a", "kill: a, §stop: a", Mistake.CONFLICTING_KEYS, "second action", "own");
    }

    @Test
    void healOfAnUnknownName() {
      expect("heal: fw", "heal: §fx", Mistake.UNKNOWN_NAME, "no timeline entry 'fx'", "'fw'");
    }

    @Test
    void healOfWhatDoesNotHeal() {
      expect(
          "heal: fw }",
          "heal: §s }\n  - { at: 1s, name: s, clock-step: { host: a, by: 1h } }",
          Mistake.DOES_NOT_HEAL,
          "'clock-step' in line 28 does not heal",
          "opposite");
    }

    @Test
    void healBeforeTheAction() {
      expect("at: 22s, heal: fw", "at: 20s, heal: §fw", Mistake.EMPTY_INTERVAL, "healed at", "");
    }

    @Test
    void durationOfWhatDoesNotHeal() {
      expect(
          "at: 30s, kill: a",
          "at: 30s, for: §1s, restart: a",
          Mistake.DOES_NOT_HEAL,
          "'restart' does not heal",
          "remove 'for'");
    }

    @Test
    void nameUsedTwice() {
      expect(
          "at: 30s, kill: a",
          "at: 30s, name: §fw, kill: a",
          Mistake.DUPLICATE_NAME,
          "the name 'fw' is used twice",
          "line 26");
    }

    @Test
    void interfaceLeftOutWhereThereAreSeveral() {
      expect("kill: a", "unplug: §b", Mistake.MISSING_KEY, "host 'b' has several", "eth0, eth1");
    }

    @Test
    void memberOfAnotherSegment() {
      expect(
          "kill: a",
          "partition: { segment: wan, groups: [[b], [§c]] }",
          Mistake.UNKNOWN_NAME,
          "no host or client 'c' on segment 'wan'",
          "known: b");
    }

    @Test
    void partitionOfOneGroup() {
      expect(
          "kill: a",
          "partition: { segment: lan, groups: §[[a, b]] }",
          Mistake.WRONG_VALUE,
          "at least two groups",
          "");
    }

    @Test
    void matchWithTwoKeys() {
      expect(
          "match: vrrp",
          "match: §{ port: 80, source: 20.0.0.1 }",
          Mistake.CONFLICTING_KEYS,
          "a match has one key",
          "");
    }

    @Test
    void rateWithoutUnit() {
      expect(
          "kill: a",
          "clock-drift: { host: a, rate: §2 }",
          Mistake.WRONG_VALUE,
          "a rate such as",
          "2% or 2ppm");
    }
  }

  @Nested
  class Expectations {
    @Test
    void unknownExpectation() {
      expect(
          "no-split-brain: {",
          "§no-splitbrain: {",
          Mistake.UNKNOWN_EXPECTATION,
          "'no-splitbrain'",
          "did you mean 'no-split-brain'?");
    }

    @Test
    void twoKeysInOne() {
      expect(
          "  - outage: { client: c, longest: 5s }",
          "  - §outage: { client: c, longest: 5s }\n    flaps: { vip: 20.0.0.100, at-most: 1 }",
          Mistake.CONFLICTING_KEYS,
          "one key, found 2",
          "");
    }

    @Test
    void outageWithoutABound() {
      expect(
          "outage: { client: c, longest: 5s }",
          "outage: §{ client: c }",
          Mistake.MISSING_KEY,
          "'longest', 'total' or 'at-least'",
          "");
    }

    @Test
    void unknownState() {
      expect("state: MASTER", "state: §MASTRE", Mistake.WRONG_VALUE, "not a state", "MASTER");
    }
  }

  @Test
  void allMistakesAreReportedTogetherInTheirOrder() {
    String yaml =
        SampleFolder.YAML
            .replace("latency: 50us", "latancy: 50us")
            .replace("segment: wan", "segment: wam")
            .replace("a/keepalived.conf", "a/missing.conf")
            .replace("heal: fw", "heal: fx")
            .replace("kill: a", "kill: x")
            .replace("client: c", "client: cc")
            .replace("until: 45s", "until: 45s\nunknown: 1");
    ScenarioLoad load = sample.load(yaml);
    assertThat(load.scenario()).isEmpty();
    assertThat(load.problems())
        .extracting(Problem::code)
        .containsExactly(
            "unknown-key",
            "unreadable-file",
            "unknown-name",
            "unknown-name",
            "unknown-name",
            "unknown-key",
            "unknown-name");
    assertThat(load.problems()).extracting(p -> p.span().line()).isSorted();
  }
}
