package org.vipdrift.model.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceFiles;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.frame.IpFamily;

class KeepalivedParserTest {
  private static String instance(String body) {
    return "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n"
        + body
        + " virtual_ipaddress {\n  10.0.0.100/24\n }\n}\n";
  }

  private static KeepalivedParse parse(String text) {
    return KeepalivedParser.parse("k.conf", text);
  }

  private static VrrpInstanceBlock only(String text) {
    return parse(text).configuration().instances().getFirst();
  }

  private static List<String> codes(KeepalivedParse parse) {
    return parse.problems().stream().map(Problem::code).toList();
  }

  @Nested
  class Defaults {
    @Test
    void anInstanceWithoutPriorityHas100AndVersion2AtOneSecond() {
      VrrpInstanceBlock instance = only(instance(""));

      assertThat(instance.priority()).isEqualTo(100);
      assertThat(instance.version()).isEqualTo(2);
      assertThat(instance.advertInterval()).isEqualTo(Duration.ofSeconds(1));
      assertThat(instance.garp().masterDelay()).isEqualTo(Duration.ofSeconds(5));
      assertThat(instance.garp().masterRepeat()).isEqualTo(5);
      assertThat(instance.accept()).isTrue();
    }

    @Test
    void stateMasterWithoutPriorityMakesAnOwnerWith255() {
      VrrpInstanceBlock instance = only(instance(" state MASTER\n"));

      assertThat(instance.owner()).isTrue();
      assertThat(instance.configuredPriority()).isEmpty();
    }

    @Test
    void anInvalidPriorityFallsBackTo100() {
      assertThat(only(instance(" priority 300\n")).priority()).isEqualTo(100);
    }

    @Test
    void ipv6AddressesBringVersion3() {
      VrrpInstanceBlock instance = only(instance("").replace("10.0.0.100/24", "fe80::100/64"));

      assertThat(instance.family()).isEqualTo(IpFamily.IPV6);
      assertThat(instance.version()).isEqualTo(3);
    }

    @Test
    void globalDefinitionsCountWhereverTheyStand() {
      assertThat(only(instance("") + "global_defs {\n vrrp_garp_master_repeat 2\n}\n").garp())
          .extracting(ConfiguredGarp::masterRepeat, ConfiguredGarp::lowerPriorityRepeat)
          .containsExactly(2, 2);
    }

    @Test
    void anAddressWithoutPrefixIsAHostAddress() {
      assertThat(only(instance("").replace("/24", "")).addresses().getFirst().prefix())
          .hasToString("10.0.0.100/32");
    }
  }

  @Nested
  class Comments {
    private Authentication authentication(String password) {
      return only(instance(
              " authentication {\n  auth_type PASS\n  auth_pass " + password + "\n }\n"))
          .authentication()
          .orElseThrow();
    }

    @Test
    void aHashInsideAPasswordCutsItAndIsReported() {
      assertThat(authentication("P@##D321!").password()).isEqualTo("P@");
      KeepalivedParse parse = parse("global_defs {\n router_id a#b\n}\n");
      assertThat(codes(parse)).containsExactly("comment-in-value");
      assertThat(parse.problems().getFirst().span().start()).hasToString("k.conf:2:13");
    }

    @Test
    void onlyDoubleQuotesProtectAHash() {
      assertThat(authentication("\"P@##D3\"").password()).isEqualTo("P@##D3");
      assertThat(authentication("'P@##D3'").password()).isEqualTo("'P@");
    }

    @Test
    void aPasswordIsCutAtEightCharacters() {
      assertThat(authentication("123456789").password()).isEqualTo("12345678");
    }

    @Test
    void doubleSlashAfterAValueIsNoCommentButDoesNoHarm() {
      KeepalivedParse parse = parse(instance(" priority 90 // main\n"));

      assertThat(codes(parse)).containsExactly("double-slash");
      assertThat(parse.hasComplaints()).isFalse();
      assertThat(parse.configuration().instances().getFirst().priority()).isEqualTo(90);
    }
  }

  @Nested
  class Expansion {
    private final ParseOptions main = ParseOptions.DEFAULT.withConfigId("main");

    private int priority(String body, ParseOptions options) {
      return KeepalivedParser.parse(SourceFiles.single("k", instance(body)), "k", options)
          .configuration()
          .instances()
          .getFirst()
          .priority();
    }

    @Test
    void aConditionalLineCountsOnlyForItsConfigurationId() {
      String body = " @main priority 150\n @^main priority 90\n";

      assertThat(priority(body, main)).isEqualTo(150);
      assertThat(priority(body, ParseOptions.DEFAULT)).isEqualTo(90);
    }

    @Test
    void parametersAreReplacedWhenUsedNotWhenDefined() {
      assertThat(priority(" $A=1${B}\n $B=20\n priority $A\n", main)).isEqualTo(120);
    }

    @Test
    void aParameterThatNamesItselfIsRefusedInsteadOfHanging() {
      assertThat(codes(parse("$A=$A\nfoo $A\n"))).contains("endless-substitution");
    }

    @Test
    void aMultiLineDefinitionMakesAnInstancePerUse() {
      KeepalivedParse parse =
          parse(
              "$I= \\\n vrrp_instance V${N} { \\\n interface eth0 \\\n virtual_router_id ${N} \\\n"
                  + " virtual_ipaddress { \\\n 10.0.0.${N} \\\n } \\\n }\n~SEQ(N, 1, 3) $I\n");

      assertThat(parse.problems()).isEmpty();
      assertThat(parse.configuration().instances())
          .extracting(VrrpInstanceBlock::vrid)
          .containsExactly(1, 2, 3);
    }

    @Test
    void sequencesAndListsCombine() {
      VrrpInstanceBlock instance =
          only(
              instance("")
                  .replace(
                      "10.0.0.100/24",
                      "~LST({A,B}, {1,2}, {3,4}) ~SEQx(C, 0x9, 0xa) 10.${A}.${B}.1 dev e${C}"));

      assertThat(instance.addresses())
          .extracting(a -> a.address() + " " + a.device().orElseThrow())
          .containsExactly("10.1.2.1 e9", "10.1.2.1 ea", "10.3.4.1 e9", "10.3.4.1 ea");
    }

    @Test
    void includesAreReadInTheirPlaceAndKeepTheirPositions() {
      SourceTexts files =
          new SourceTexts(
              new TreeMap<>(
                  Map.of(
                      "/etc/k.conf",
                      instance(" include conf.d/*.inc\n"),
                      "/etc/conf.d/a.inc",
                      "priority 77\nfoo\n")));
      KeepalivedParse parse = KeepalivedParser.parse(files, "/etc/k.conf", ParseOptions.DEFAULT);

      assertThat(parse.configuration().instances().getFirst().priority()).isEqualTo(77);
      assertThat(parse.problems().getFirst().span().start()).hasToString("/etc/conf.d/a.inc:2:1");
    }

    @Test
    void onlyTheDemandingIncludesRefuseWhenAFileIsMissing() {
      assertThat(parse("include x\n" + instance("")).isRefused()).isFalse();
      assertThat(parse("includer x\n" + instance("")).isRefused()).isFalse();
      assertThat(parse("includea x\n" + instance("")).isRefused()).isTrue();
    }

    @Test
    void aBackslashContinuesOnlyDefinitions() {
      assertThat(codes(parse(instance(" priority \\\n 90\n")))).contains("unknown-keyword");
    }
  }

  @Nested
  class Problems {
    @Test
    void anUnknownKeywordPointsToTheNearestOne() {
      Problem problem = parse(instance("  priorty 90\n")).problems().getFirst();

      assertThat(problem.severity()).isEqualTo(Severity.WARNING);
      assertThat(problem.span().start()).hasToString("k.conf:4:3");
      assertThat(problem.suggestion()).contains("did you mean \"priority\"?");
    }

    @Test
    void aKeywordOfAnotherBlockIsSentThere() {
      assertThat(parse(instance(" router_id a\n")).problems().getFirst().suggestion())
          .contains("'router_id' belongs in a global_defs block");
    }

    @Test
    void anUnmodelledKeywordIsANoteNotAComplaint() {
      KeepalivedParse parse = parse(instance(" promote_secondaries\n"));

      assertThat(codes(parse)).containsExactly("not-modelled");
      assertThat(parse.hasComplaints()).isFalse();
    }

    @Test
    void theBraceOfAnUnknownBlockClosesTheBlockAroundIt() {
      KeepalivedParse parse = parse(instance(" foo {\n  a b\n }\n"));

      assertThat(parse.isRefused()).isFalse();
      assertThat(parse.configuration().instances().getFirst().addresses()).isEmpty();
      assertThat(codes(parse)).contains("no-addresses-v2");
    }

    @Test
    void aMissingVridOrInterfaceOrParameterRefuses() {
      assertThat(codes(parse("vrrp_instance A {\n}\n")))
          .contains("vrid-missing", "interface-unknown");
      assertThat(parse(instance(" priority\n")).isRefused()).isTrue();
    }

    @Test
    void anInterfaceIsMissingOnlyWhereTheHostIsKnown() {
      ParseOptions host = ParseOptions.DEFAULT.withHostInterfaces(List.of("lo", "eth1"));
      SourceFiles files = SourceFiles.single("k", instance(""));

      assertThat(KeepalivedParser.parse(files, "k", host).isRefused()).isTrue();
      assertThat(parse(instance("")).isRefused()).isFalse();
    }

    @Test
    void anEmptyAddressListRefusesInVersion3Only() {
      String none = "vrrp_instance A {\n interface e\n virtual_router_id 1\n%s}\n";

      assertThat(parse(none.formatted("")).isRefused()).isFalse();
      assertThat(parse(none.formatted(" version 3\n")).isRefused()).isTrue();
    }
  }

  @Nested
  class Tracking {
    private final String script = "vrrp_script chk {\n script \"killall -0 nginx\"\n%s}\n";

    @Test
    void aFractionOfASecondIsNoScriptIntervalIn227() {
      VrrpScript parsed =
          parse(script.formatted(" interval 0.5\n weight -20\n") + instance(""))
              .configuration()
              .script("chk")
              .orElseThrow();

      assertThat(parsed.interval()).isEqualTo(Duration.ofSeconds(1));
      assertThat(parsed.command().words()).containsExactly("killall", "-0", "nginx");
    }

    @Test
    void aScriptMustBeDefinedBeforeItIsTracked() {
      String track = instance(" track_script {\n  chk\n }\n");

      assertThat(only(script.formatted("") + track).tracking().scripts()).hasSize(1);
      assertThat(only(track + script.formatted("")).tracking().scripts()).isEmpty();
    }

    @Test
    void theLinesWeightOverridesTheScripts() {
      VrrpInstanceBlock instance =
          only(
              script.formatted(" weight -20\n")
                  + instance(" track_script {\n  chk weight 5 reverse\n }\n"));

      assertThat(instance.tracking().scripts())
          .extracting(TrackEntry::weight, TrackEntry::reverse)
          .containsExactly(org.assertj.core.groups.Tuple.tuple(5, true));
    }

    @Test
    void nopreemptIsClearedByStateMaster() {
      VrrpInstanceBlock instance = only(instance(" state MASTER\n priority 150\n nopreempt\n"));

      assertThat(instance.nopreempt()).isFalse();
      assertThat(codes(parse(instance(" state MASTER\n priority 150\n nopreempt\n"))))
          .containsExactly("nopreempt-reset");
    }

    @Test
    void membersOfASyncGroupLoseWeightedScripts() {
      KeepalivedParse parse =
          parse(
              script.formatted(" weight -20\n")
                  + instance(" track_script {\n  chk\n }\n")
                  + "vrrp_sync_group G {\n group {\n  VI_1\n }\n}\n");

      assertThat(parse.configuration().instances().getFirst().tracking().scripts()).isEmpty();
      assertThat(parse.configuration().syncGroupOf("VI_1").map(SyncGroup::name))
          .isEqualTo(Optional.of("G"));
    }
  }

  @Nested
  class Conflicting {
    private static String instance(String name, String networkInterface, int vrid, String more) {
      return "vrrp_instance %s {\n interface %s\n virtual_router_id %d\n%s}\n"
          .formatted(name, networkInterface, vrid, more);
    }

    private static final String V4 = " virtual_ipaddress {\n  10.0.0.100/24\n }\n";
    private static final String V6 = " virtual_ipaddress {\n  fe80::100/64\n }\n";

    private static String peers(String address) {
      return " unicast_src_ip 10.0.0.1\n unicast_peer {\n  " + address + "\n }\n";
    }

    private static List<String> conflicts(String... instances) {
      return parse(String.join("", instances)).problems().stream()
          .filter(p -> p.code().equals("duplicate-vrid"))
          .map(Problem::message)
          .toList();
    }

    @Test
    void oneVridTwiceOnAnInterfaceIsRefused() {
      assertThat(
              conflicts(
                  instance("A", "eth0", 51, V4),
                  instance("B", "eth0", 52, V4),
                  instance("C", "eth0", 51, V4)))
          .containsExactly("instances A and C both use VRID 51 on eth0; keepalived refuses to run");
    }

    @Test
    void anotherInterfaceOrFamilyIsAnotherVirtualRouter() {
      assertThat(
              conflicts(
                  instance("A", "eth0", 51, V4),
                  instance("B", "eth1", 51, V4),
                  instance("C", "eth0", 51, " version 3\n" + V6)))
          .isEmpty();
    }

    @Test
    void peersTellUnicastInstancesApart() {
      assertThat(
              conflicts(
                  instance("A", "eth0", 51, peers("10.0.0.2") + V4),
                  instance("B", "eth0", 51, peers("10.0.0.3") + V4),
                  instance("C", "eth0", 51, V4)))
          .isEmpty();
      assertThat(
              conflicts(
                  instance("A", "eth0", 51, peers("10.0.0.2") + V4),
                  instance("B", "eth0", 51, peers("10.0.0.2") + V4)))
          .hasSize(1);
    }
  }
}
