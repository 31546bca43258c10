package org.vipdrift.model.node;

import java.util.List;
import java.util.Map;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.keepalived.KeepalivedParse;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.config.keepalived.ParseOptions;

/** What became of a keepalived.conf that a process was started with. */
public sealed interface NodeReading {
  /** It runs. */
  record Accepted(NodeConfiguration configuration) implements NodeReading {}

  /**
   * keepalived 2.2.7 would refuse to run.
   *
   * @param why the first reason, with its place
   */
  record Refused(String why) implements NodeReading {}

  /**
   * Reads a file and what it includes.
   *
   * @param texts by path
   * @param interfaces of the host
   */
  static NodeReading of(String file, Map<String, String> texts, List<String> interfaces) {
    KeepalivedParse parse =
        KeepalivedParser.parse(
            new SourceTexts(texts), file, ParseOptions.DEFAULT.withHostInterfaces(interfaces));
    if (parse.isRefused()) {
      return new Refused(
          parse.problems().stream()
              .filter(Problem::isError)
              .findFirst()
              .map(p -> p.span().start() + ": " + p.message())
              .orElse("refused"));
    }
    return new Accepted(NodeConfigurationReader.read(parse.configuration()));
  }
}
