package org.vipdrift.model.config.nginx;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceFiles;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.nginx.NginxConfiguration;

/** Reads an nginx.conf as nginx 1.22.1 does. */
public final class NginxParser {
  private final ProblemLog log = new ProblemLog();
  private final HostNames names;

  private NginxParser(HostNames names) {
    this.names = names;
  }

  /**
   * Never throws on what the files say.
   *
   * @param mainFile the path given to {@code nginx -c}; relative includes start in its folder
   * @param names what the names of upstreams resolve to
   */
  public static NginxParse parse(SourceFiles files, String mainFile, HostNames names) {
    return new NginxParser(names).run(files, mainFile);
  }

  /** Reads one text without includes. */
  public static NginxParse parse(String name, String text) {
    return parse(SourceFiles.single(name, text), name, HostNames.LOCALHOST);
  }

  private NginxParse run(SourceFiles files, String mainFile) {
    SourceSpan top = SourceSpan.of(new SourcePosition(mainFile, 1, 1), 0);
    Optional<String> text = files.read(mainFile);
    if (text.isEmpty()) {
      log.error(
          "missing-file", "open() \"" + mainFile + "\" failed (2: No such file or directory)", top);
    }
    List<NginxStatement> tree = new TreeReader(files, mainFile, log).read(text.orElse(""));
    List<NginxStatement> sound = new DirectiveChecks(log).check(tree, Context.MAIN);
    if (text.isPresent() && tree.stream().noneMatch(s -> s.name().equals("events"))) {
      log.error("no-events", "no \"events\" section in configuration", top);
    }
    HttpBlockReader http = new HttpBlockReader(log, names);
    sound.stream().filter(s -> s.name().equals("http")).findFirst().ifPresent(http::read);
    StreamBlockReader stream = new StreamBlockReader(log, names);
    sound.stream().filter(s -> s.name().equals("stream")).findFirst().ifPresent(stream::read);
    return new NginxParse(
        new NginxConfiguration(
            http.hosts(),
            http.upstreams(),
            http.maps(),
            stream.servers(),
            stream.upstreams(),
            connections(sound)),
        tree,
        sorted(mainFile));
  }

  /** Of {@code worker_processes auto} there is one, since nobody says how many cores there are. */
  private static int connections(List<NginxStatement> main) {
    int each = NginxConfiguration.DEFAULT_CONNECTIONS;
    int workers = 1;
    for (NginxStatement line : main) {
      if (line.name().equals("worker_processes")) {
        workers = Values.integer(line.argument(1)).filter(n -> n > 0).orElse(1);
      }
      for (NginxStatement inner :
          line.name().equals("events") ? line.body() : List.<NginxStatement>of()) {
        if (inner.name().equals("worker_connections")) {
          each = Values.integer(inner.argument(1)).orElse(each);
        }
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, (long) each * workers);
  }

  /** In the order of the text, the main file first. */
  private List<Problem> sorted(String mainFile) {
    List<Problem> problems = log.problems();
    problems.sort(
        Comparator.<Problem, Boolean>comparing(p -> !p.span().file().equals(mainFile))
            .thenComparing(p -> p.span().start()));
    return problems;
  }
}
