package org.vipdrift.model.config.haproxy;

import java.util.Comparator;
import java.util.List;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceFiles;

/** Reads a haproxy.cfg as HAProxy 2.6 does. */
public final class HaproxyParser {
  private HaproxyParser() {}

  /**
   * Never throws on what the files say.
   *
   * @param mainFile the path given to {@code haproxy -f}
   */
  public static HaproxyParse parse(SourceFiles files, String mainFile, ParseOptions options) {
    Reading reading = new Reading(files, options, mainFile);
    LineReader lines = new LineReader(reading);
    SectionReader sections = new SectionReader(reading, lines);
    lines.read(mainFile, sections::line);
    sections.end();
    Completion completion = new Completion(reading, mainFile);
    completion.check();
    List<Problem> problems = reading.log.problems();
    problems.sort(
        Comparator.<Problem, Boolean>comparing(p -> !p.span().file().equals(mainFile))
            .thenComparing(p -> p.span().start()));
    return new HaproxyParse(completion.finish(), problems);
  }

  /** Reads one text that names no other files. */
  public static HaproxyParse parse(String name, String text) {
    return parse(SourceFiles.single(name, text), name, ParseOptions.DEFAULT);
  }
}
