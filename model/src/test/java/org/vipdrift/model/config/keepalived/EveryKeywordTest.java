package org.vipdrift.model.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipdrift.model.config.Problem;

/** Holds the keyword catalogue against the list of what keepalived 2.2.7 knows. */
class EveryKeywordTest {
  private record Listed(
      Context context, String keyword, boolean accepted, boolean parameterNeeded) {
    @Override
    public String toString() {
      return context + " " + keyword;
    }
  }

  private static List<Listed> listed() {
    try (InputStream in = EveryKeywordTest.class.getResourceAsStream("keywords-2.2.7.txt")) {
      if (in == null) {
        throw new IllegalStateException("keywords-2.2.7.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(EveryKeywordTest::listed)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Listed listed(String line) {
    boolean accepted = !line.startsWith("-");
    String[] words = (accepted ? line : line.substring(2)).split(" ");
    return new Listed(Context.valueOf(words[0]), words[1], accepted, words.length > 2);
  }

  static Stream<Listed> accepted() {
    return listed().stream().filter(Listed::accepted);
  }

  static Stream<Listed> refused() {
    return listed().stream().filter(l -> !l.accepted());
  }

  /** The blocks around a keyword, with what must stand before it. */
  private static String before(Context context) {
    String server = "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\n";
    return switch (context) {
      case TOP, LIST -> "";
      case GLOBAL_DEFS -> "global_defs {\n";
      case VRRP_INSTANCE -> "vrrp_instance A {\n";
      case AUTHENTICATION -> "vrrp_instance A {\nauthentication {\n";
      case VRRP_SYNC_GROUP -> "vrrp_sync_group G {\n";
      case VRRP_SCRIPT -> "vrrp_script s {\n";
      case TRACK_FILE -> "track_file f {\n";
      case VRRP_TRACK_PROCESS -> "vrrp_track_process p {\n";
      case GARP_GROUP -> "garp_group {\n";
      case TRACK_GROUP -> "track_group g {\n";
      case BFD_INSTANCE -> "bfd_instance b {\n";
      case VIRTUAL_SERVER -> "virtual_server 10.0.0.1 80 {\n";
      case REAL_SERVER -> server;
      case HTTP_CHECK -> server + "HTTP_GET {\n";
      case URL -> server + "HTTP_GET {\nurl {\n";
      case SIMPLE_CHECK -> server + "TCP_CHECK {\n";
      case SMTP_CHECK -> server + "SMTP_CHECK {\n";
      case SMTP_HOST -> server + "SMTP_CHECK {\nhost {\n";
      case DNS_CHECK -> server + "DNS_CHECK {\n";
      case MISC_CHECK -> server + "MISC_CHECK {\n";
      case UDP_CHECK -> server + "UDP_CHECK {\n";
      case BFD_CHECK -> server + "BFD_CHECK {\n";
      case FILE_CHECK -> server + "FILE_CHECK {\n";
      case SSL -> "SSL {\n";
    };
  }

  private static List<Problem> problems(Listed listed) {
    String before = before(listed.context());
    long depth = before.chars().filter(c -> c == '{').count();
    String text = before + listed.keyword() + " 1\n" + "}\n".repeat((int) depth);
    long line = before.lines().count() + 1;
    return KeepalivedParser.parse("k.conf", text).problems().stream()
        .filter(p -> p.span().line() == line)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatKeepalivedAcceptsIsKnownAndEitherModelledOrReported(Listed listed) {
    Keyword keyword = KeywordCatalogue.find(listed.context(), listed.keyword()).orElseThrow();

    assertThat(problems(listed))
        .extracting(Problem::code)
        .doesNotContain("unknown-keyword")
        .matches(codes -> codes.contains("not-modelled") != keyword.modelled());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatNeedsAParameterRefusesWithoutOne(Listed listed) {
    Keyword keyword = KeywordCatalogue.find(listed.context(), listed.keyword()).orElseThrow();

    assertThat(keyword.parameterNeeded() || !listed.parameterNeeded()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatOnlyTheManualKnowsIsUnknownAsToKeepalived(Listed listed) {
    assertThat(problems(listed)).extracting(Problem::code).contains("unknown-keyword");
  }

  @Test
  void theCatalogueKnowsNothingBeyondTheList() {
    Map<Context, TreeSet<String>> expected = new EnumMap<>(Context.class);
    accepted()
        .forEach(l -> expected.computeIfAbsent(l.context(), _ -> new TreeSet<>()).add(l.keyword()));

    assertThat(expected.values().stream().mapToInt(TreeSet::size).sum()).isGreaterThan(450);
    for (Context context : Context.values()) {
      assertThat(new TreeSet<>(KeywordCatalogue.names(context)))
          .as("%s", context)
          .isEqualTo(expected.getOrDefault(context, new TreeSet<>()));
    }
  }
}
