package org.vipdrift.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {
  private static final String PATH = "scenarios/catalogue/nginx-pair";

  private static String text(Told told, Style style) {
    return TextReport.write(
        told.scenario(), told.chronicle(), told.verdict(), PATH, Optional.empty(), style);
  }

  @Nested
  class ForAPerson {
    @Test
    void tellsLab1() throws IOException {
      GoldenFile.check("lab1.txt", text(Told.lab1(), Style.plain()));
    }

    @Test
    void tellsASplitBrainThatIsClaimed() throws IOException {
      GoldenFile.check(
          "firewall-claimed.txt", text(Told.firewall(true), new Style(100, false, true)));
    }

    @Test
    void tellsWhyAnExpectationIsBrokenAndHowToReplayTheRun() throws IOException {
      GoldenFile.check("firewall.txt", text(Told.firewall(false), Style.plain()));
    }

    @Test
    void endsWithTheVerdictAndTheReplayCommand() {
      assertThat(text(Told.firewall(false), Style.plain()).strip())
          .endsWith(
              "broken: 2 of 5 judgements broken; replay with: vipdrift run"
                  + " scenarios/catalogue/nginx-pair --seed 1");
      assertThat(text(Told.lab1(), Style.plain()).strip()).endsWith("holds: all 9 judgements hold");
    }

    @Test
    void saysTheSameWithoutColour() {
      String coloured = text(Told.firewall(false), new Style(100, true, false));
      assertThat(coloured).contains("\u001b[");
      assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
          .isEqualToIgnoringWhitespace(text(Told.firewall(false), Style.plain()));
    }

    @Test
    void keepsToTheWidthOfTheTerminal() {
      for (int columns : new int[] {60, 80, 100, 140}) {
        assertThat(text(Told.firewall(false), new Style(columns, false, false)).lines())
            .filteredOn(line -> !line.contains("replay with"))
            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
      }
    }
  }

  @Nested
  class ForPrograms {
    @Test
    void isJsonWithStableNames() throws IOException {
      String json = JsonReport.write(Told.firewall(false).verdict(), "sim", List.of());
      GoldenFile.check("firewall.verdict.json", json);
      int objects = 0;
      try (JsonParser parser = new JsonFactory().createParser(json)) {
        while (parser.nextToken() != null) {
          objects += parser.currentToken().isStructStart() ? 1 : 0;
        }
      }
      assertThat(objects).isPositive();
    }

    @Test
    void isJUnitXmlThatAParserTakes() throws Exception {
      String xml =
          JUnitReport.write(List.of(Told.lab1().verdict(), Told.firewall(false).verdict()));
      Element root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getDocumentElement();
      assertThat(root.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
      assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(14);
      assertThat(root.getElementsByTagName("failure").getLength()).isEqualTo(2);
      assertThat(root.getElementsByTagName("failure").item(0).getTextContent())
          .contains("a firewall rule that drops incoming VRRP");
    }

    @Test
    void escapesWhatXmlCannotHold() {
      assertThat(JUnitReport.escaped("<a & \"b\">\u0001\n"))
          .isEqualTo("&lt;a &amp; &quot;b&quot;&gt;\ufffd&#10;");
    }

    @Test
    void isAMermaidDiagramOfTheChanges() throws IOException {
      Told told = Told.firewall(false);
      GoldenFile.check("firewall.mmd", MermaidReport.write(told.scenario(), told.chronicle()));
    }
  }
}
