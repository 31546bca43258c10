package org.vipdrift.scenarios.report;

import java.util.List;
import org.vipdrift.model.verdict.Judgement;
import org.vipdrift.model.verdict.Outcome;
import org.vipdrift.model.verdict.Verdict;

/**
 * Verdicts as JUnit XML: a suite per run, a case per judgement; what is broken is a failure, what
 * is unknown is skipped.
 */
public final class JUnitReport {
  private JUnitReport() {}

  /** One document for all verdicts, ended by a line feed. */
  public static String write(List<Verdict> verdicts) {
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (Verdict verdict : verdicts) {
      suite(xml, verdict);
    }
    return xml.append("</testsuites>\n").toString();
  }

  private static void suite(StringBuilder xml, Verdict verdict) {
    int cases = verdict.expectations().size() + verdict.invariants().size();
    xml.append("  <testsuite name=\"").append(escaped(verdict.scenario()));
    xml.append("\" tests=\"").append(cases);
    xml.append("\" failures=\"").append(count(verdict, Outcome.BROKEN));
    xml.append("\" errors=\"0\" skipped=\"").append(count(verdict, Outcome.UNKNOWN));
    xml.append("\">\n    <properties>\n      <property name=\"seed\" value=\"");
    xml.append(verdict.seed()).append("\"/>\n    </properties>\n");
    for (Judgement judgement : verdict.expectations()) {
      testCase(xml, verdict, "expectation", judgement);
    }
    for (Judgement judgement : verdict.invariants()) {
      testCase(xml, verdict, "invariant", judgement);
    }
    xml.append("  </testsuite>\n");
  }

  private static long count(Verdict verdict, Outcome outcome) {
    return verdict.expectations().stream().filter(j -> j.outcome() == outcome).count()
        + verdict.invariants().stream().filter(j -> j.outcome() == outcome).count();
  }

  private static void testCase(
      StringBuilder xml, Verdict verdict, String sort, Judgement judgement) {
    xml.append("    <testcase classname=\"");
    xml.append(escaped(verdict.scenario())).append('.').append(sort);
    xml.append("\" name=\"").append(escaped(judgement.expression())).append('"');
    switch (judgement.outcome()) {
      case HOLDS -> xml.append("/>\n");
      case UNKNOWN -> {
        xml.append(">\n      <skipped message=\"").append(escaped(judgement.finding()));
        xml.append("\"/>\n    </testcase>\n");
      }
      case BROKEN -> {
        xml.append(">\n      <failure type=\"").append(escaped(judgement.keyword()));
        xml.append("\" message=\"").append(escaped(judgement.finding())).append("\">");
        judgement.causes().forEach(link -> xml.append(escaped(link.sentence())).append('\n'));
        xml.append("</failure>\n    </testcase>\n");
      }
    }
  }

  /** Text for an attribute or an element; what XML 1.0 cannot hold becomes U+FFFD. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                case '\t' -> escaped.append("&#9;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.appendCodePoint(allowed(c) ? c : 0xfffd);
              }
            });
    return escaped.toString();
  }

  private static boolean allowed(int c) {
    return c >= 0x20 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x10000;
  }
}
