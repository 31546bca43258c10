package org.vipdrift.model.config.keepalived;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceFiles;

/** Configurations with what keepalived 2.2.7 was seen to do with each. */
final class MeasuredCases {
  /** The interfaces of the host the cases were measured on. */
  static final List<String> INTERFACES = List.of("lo", "v0", "v1");

  private MeasuredCases() {}

  record Case(String name, boolean complains, boolean refuses, String text) {
    KeepalivedParse parse() {
      ParseOptions options = new ParseOptions(Optional.of("vm"), Optional.of(INTERFACES), 1);
      return KeepalivedParser.parse(SourceFiles.single("k.conf", text), "k.conf", options);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> all() {
    try (InputStream in = MeasuredCases.class.getResourceAsStream("measured-2.2.7.txt")) {
      if (in == null) {
        throw new IllegalStateException("measured-2.2.7.txt is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String part : text.split("(?m)^#### ")) {
        int end = part.indexOf('\n');
        if (end > 0) {
          String[] head = part.substring(0, end).split(" ");
          cases.add(
              new Case(
                  head[0],
                  head[1].equals("complains"),
                  head[2].equals("refuses"),
                  part.substring(end + 1)));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
