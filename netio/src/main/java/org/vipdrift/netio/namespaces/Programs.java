package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.foreign.Constants;

/** The programs behind the processes of a scenario, with their files and command lines. */
final class Programs {
  private static final String PAGES = "/usr/share/nginx/html";

  private Programs() {}

  /** A program whose configuration can be replaced. */
  static final class Configured implements HostedProcess.Program {
    private final MachineFiles files;
    private final String place;
    private final List<String> command;
    private final Optional<Integer> reloadSignal;
    private final HostedProcess.Readiness readiness;
    private final HostedProcess.Listener listener;
    private String configurationFile;
    private Map<String, String> texts;
    private boolean written;

    /**
     * @param place where the program finds the configuration file; what it includes lies as it does
     *     in the scenario, seen from there
     */
    Configured(
        MachineFiles files,
        String place,
        List<String> command,
        Optional<Integer> reloadSignal,
        HostedProcess.Readiness readiness,
        HostedProcess.Listener listener,
        String configurationFile,
        Map<String, String> texts) {
      this.files = files;
      this.place = place;
      this.command = List.copyOf(command);
      this.reloadSignal = reloadSignal;
      this.readiness = readiness;
      this.listener = listener;
      this.configurationFile = configurationFile;
      this.texts = texts;
    }

    void replace(String newFile, Map<String, String> newTexts) throws IOException {
      configurationFile = newFile;
      texts = newTexts;
      written = false;
      prepare();
    }

    @Override
    public void prepare() throws IOException {
      if (written) {
        return;
      }
      written = true;
      Path folder = Path.of("/").resolve(configurationFile).normalize().getParent();
      Path target = Path.of(place).getParent();
      for (Map.Entry<String, String> text : texts.entrySet()) {
        Path path = Path.of("/").resolve(text.getKey()).normalize();
        String to =
            text.getKey().equals(configurationFile)
                ? place
                : text.getKey().startsWith("/")
                    ? path.toString()
                    : target.resolve(folder.relativize(path)).normalize().toString();
        files.write(to, text.getValue(), text.getValue().startsWith("#!"));
      }
    }

    @Override
    public List<String> command() {
      return command;
    }

    @Override
    public Optional<Integer> reloadSignal() {
      return reloadSignal;
    }

    @Override
    public HostedProcess.Listener listener() {
      return listener;
    }

    @Override
    public HostedProcess.Readiness readiness() {
      return readiness;
    }
  }

  static Configured keepalived(
      Host.KeepalivedProcess process, MachineFiles files, HostedProcess.Listener listener) {
    String name = process.name();
    String place = "/etc/" + name + "/keepalived.conf";
    String pid = "/run/" + name;
    return new Configured(
        files,
        place,
        List.of(
            "keepalived",
            "-n",
            "-l",
            "-D",
            "-f",
            place,
            "-p",
            pid + ".pid",
            "-r",
            pid + "_vrrp.pid",
            "-c",
            pid + "_checkers.pid"),
        Optional.of(Constants.SIGHUP),
        HostedProcess.Readiness.BY_ITS_LOG,
        listener,
        process.configurationFile(),
        process.texts());
  }

  /**
   * @param node the command line that runs a node; the options that it shares with keepalived
   *     follow
   */
  static Configured node(
      Host.KeepalivedProcess process,
      MachineFiles files,
      HostedProcess.Listener listener,
      List<String> node) {
    String place = "/etc/" + process.name() + "/keepalived.conf";
    List<String> command = new ArrayList<>(node);
    command.addAll(List.of("-n", "-l", "-D", "-f", place, "-p", "/run/" + process.name() + ".pid"));
    return new Configured(
        files,
        place,
        command,
        Optional.of(Constants.SIGHUP),
        HostedProcess.Readiness.BY_ITS_LOG,
        listener,
        process.configurationFile(),
        process.texts());
  }

  static Configured haproxy(
      Host.HaproxyProcess process, MachineFiles files, HostedProcess.Listener listener) {
    String place = "/etc/" + process.name() + "/haproxy.cfg";
    return new Configured(
        files,
        place,
        List.of("haproxy", "-W", "-db", "-f", place, "-p", "/run/" + process.name() + ".pid"),
        Optional.of(Constants.SIGUSR2),
        HostedProcess.Readiness.WITH_CHILDREN,
        listener,
        process.configurationFile(),
        process.texts());
  }

  static Configured nginx(
      Host.NginxProcess process, MachineFiles files, HostedProcess.Listener listener) {
    String place = "/etc/" + process.name() + "/nginx.conf";
    return new Configured(
        files,
        place,
        nginxCommand(place),
        Optional.of(Constants.SIGHUP),
        HostedProcess.Readiness.WITH_CHILDREN,
        listener,
        process.configurationFile(),
        process.texts());
  }

  private static List<String> nginxCommand(String place) {
    return List.of("nginx", "-g", "daemon off;", "-c", place);
  }

  /** nginx with the declared page; what else its folder holds is served too. */
  static Configured declaredNginx(
      String host,
      Host.ServerProcess process,
      MachineFiles files,
      HostedProcess.Listener listener) {
    String place = "/etc/nginx/declared-" + process.name() + ".conf";
    StringBuilder listens = new StringBuilder();
    for (int port : process.listens()) {
      listens.append("    listen ").append(port).append(";\n");
      listens.append("    listen [::]:").append(port).append(";\n");
    }
    String text =
        """
        worker_processes 1;
        error_log stderr warn;
        pid /run/%s.pid;
        events { worker_connections 4096; }
        http {
          include /etc/nginx/mime.types;
          default_type text/plain;
          access_log off;
          server {
            root %s;
            index index.html;
        %s  }
        }
        """
            .formatted(process.name(), PAGES, listens);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(place, text);
    texts.put(PAGES + "/index.html", process.body().orElse(host) + "\n");
    return new Configured(
        files,
        place,
        nginxCommand(place),
        Optional.of(Constants.SIGHUP),
        HostedProcess.Readiness.WITH_CHILDREN,
        listener,
        place,
        texts);
  }

  /** Whatever a program says is a line of its log. */
  record PlainLog(String host, String process, TraceRecorder trace)
      implements HostedProcess.Listener {
    @Override
    public boolean line(String text, long started) {
      trace.emit(host, new LogLine(process, text), TraceEvent.NO_CAUSE);
      return false;
    }

    @Override
    public void stopping(long cause) {}

    @Override
    public void ended() {}
  }
}
