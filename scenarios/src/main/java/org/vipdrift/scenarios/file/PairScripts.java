package org.vipdrift.scenarios.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.config.keepalived.ScriptCommand;
import org.vipdrift.model.config.keepalived.TrackProcess;
import org.vipdrift.model.scenario.Host.DeclaredScript;
import org.vipdrift.model.scenario.Host.HostFile;
import org.vipdrift.model.scenario.Host.ServerProcess;

/**
 * The scripts of a configuration, and the daemons that they watch.
 *
 * <p>A script file that lies beside the configuration is taken along; one that does not is declared
 * to succeed, and noted. The daemons are those that scripts ask about by name, and the tracked
 * processes; each listens on its usual port.
 */
final class PairScripts {
  private static final Pattern WATCHED =
      Pattern.compile(
          "(?:killall\\s+(?:-0|-s\\s*0|-CONT)|pidof(?:\\s+-[a-z]+)*|pgrep(?:\\s+-[a-zA-Z]+)*"
              + "|ps\\s+(?:-\\w+\\s+)*-C|systemctl\\s+(?:-\\S+\\s+)*(?:is-active|status|start|restart)"
              + "(?:\\s+-\\S+)*)\\s+\"?(?:/\\S*/)?([a-zA-Z][\\w.@-]*)");
  private static final Pattern SERVICE =
      Pattern.compile("\\bservice\\s+([a-zA-Z][\\w.@-]*)\\s+(?:status|start|restart)");
  private static final Pattern PROBED =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1)(?::|/|\\s+)([0-9]{1,5})\\b");
  private static final Pattern PROGRAM_FOLDER = Pattern.compile("(/usr)?/s?bin/[^/]+");
  private static final List<String> SHELLS = List.of("sh", "bash", "dash", "ash");
  private static final Map<String, Integer> PORTS = new LinkedHashMap<>();

  static {
    for (String web : List.of("nginx", "haproxy", "httpd", "apache2", "caddy", "varnishd")) {
      PORTS.put(web, 80);
    }
    PORTS.put("mysqld", 3306);
    PORTS.put("mariadbd", 3306);
    PORTS.put("mysql", 3306);
    PORTS.put("postgres", 5432);
    PORTS.put("redis-server", 6379);
    PORTS.put("named", 53);
    PORTS.put("kube-apiserver", 6443);
  }

  private final PairHost host;
  private final FolderFiles disk = new FolderFiles(Path.of(""));
  private final Problems problems;
  private final Map<String, HostFile> files = new TreeMap<>();
  private final Map<String, DeclaredScript> declared = new LinkedHashMap<>();
  private final Map<String, List<Integer>> daemons = new LinkedHashMap<>();
  private final List<Integer> probed = new ArrayList<>();

  PairScripts(PairHost host, Problems problems) {
    this.host = host;
    this.problems = problems;
    host.commands().forEach(this::take);
    host.configuration().trackProcesses().stream()
        .map(TrackProcess::process)
        .forEach(p -> watch(p.substring(p.lastIndexOf('/') + 1)));
    probed.stream()
        .filter(port -> daemons.values().stream().noneMatch(ports -> ports.contains(port)))
        .forEach(this::listen);
  }

  Map<String, HostFile> files() {
    return files;
  }

  Map<String, DeclaredScript> declared() {
    return declared;
  }

  List<ServerProcess> daemons() {
    return daemons.entrySet().stream()
        .map(
            d ->
                new ServerProcess(
                    d.getKey(), Optional.of(Duration.ZERO), d.getValue(), Optional.empty()))
        .toList();
  }

  private void take(ScriptCommand command) {
    search(command.text());
    Optional<String> file = scriptFile(command);
    if (file.isEmpty() || files.containsKey(file.get())) {
      return;
    }
    String name = file.get().substring(file.get().lastIndexOf('/') + 1);
    Path directory =
        Optional.ofNullable(Path.of(host.configurationFile()).getParent()).orElse(Path.of(""));
    if (disk.read(directory.resolve(name).toString())
        instanceof FolderFiles.Contents.Text(String text, boolean _)) {
      files.put(file.get(), new HostFile(text, true));
      search(text);
    } else if (declared.putIfAbsent(
            declarationKey(command, file.get()), new DeclaredScript(0, HostReader.SCRIPT_TAKES))
        == null) {
      problems.note(
          Mistake.SCRIPT_DECLARED,
          command.span(),
          "the script " + file.get() + " does not lie beside the configuration: taken to succeed",
          "put a copy of " + name + " into the same directory");
    }
  }

  /** A script that is an argument of its shell is declared by the whole command. */
  private static String declarationKey(ScriptCommand command, String file) {
    return command.words().getFirst().equals(file) ? file : String.join(" ", command.words());
  }

  /** The path of a script of the user's own, not of a program of the system. */
  private static Optional<String> scriptFile(ScriptCommand command) {
    List<String> words = command.words();
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String program = words.getFirst();
    String name = program.substring(program.lastIndexOf('/') + 1);
    Optional<String> path =
        SHELLS.contains(name)
            ? words.stream().skip(1).filter(w -> !w.startsWith("-")).findFirst()
            : Optional.of(program);
    return path.filter(p -> p.startsWith("/") && !PROGRAM_FOLDER.matcher(p).matches());
  }

  private void search(String text) {
    for (Pattern pattern : List.of(WATCHED, SERVICE)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        watch(matcher.group(1));
      }
    }
    Matcher port = PROBED.matcher(text);
    while (port.find()) {
      probed.add(Integer.parseInt(port.group(1)));
    }
  }

  private void watch(String daemon) {
    String name = daemon.replaceFirst("\\.service$", "");
    if (!name.equals("keepalived")) {
      daemons.computeIfAbsent(
          name,
          n -> new ArrayList<>(Optional.ofNullable(PORTS.get(n)).map(List::of).orElse(List.of())));
    }
  }

  /** The only daemon listens there, else one that is named after the port. */
  private void listen(int port) {
    if (port > 0 && port <= 65_535) {
      String name = daemons.size() == 1 ? daemons.keySet().iterator().next() : "service-" + port;
      daemons.computeIfAbsent(name, _ -> new ArrayList<>()).add(port);
    }
  }
}
