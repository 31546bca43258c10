package org.vipdrift.actors;

import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.node.NodeConfigurationReader;
import org.vipdrift.model.node.ProcessSettings;

/** Process settings for tests, written as in a configuration file. */
final class KeepalivedParserSettings {
  private KeepalivedParserSettings() {}

  static ProcessSettings of(String... globals) {
    String text = "global_defs {\n" + String.join("\n", globals) + "\n}\n";
    return NodeConfigurationReader.read(KeepalivedParser.parse("k.conf", text).configuration())
        .process();
  }
}
