package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.node.KeepalivedLog;
import org.vipdrift.netio.node.LinuxNode;
import org.vipdrift.netio.node.LiveTrace;
import org.vipdrift.netio.node.LogOutput;
import org.vipdrift.netio.node.NodeOptions;
import org.vipdrift.netio.node.NodeRefusal;
import org.vipdrift.netio.node.Preflight;
import org.vipdrift.netio.node.Preparation;
import org.vipdrift.netio.node.SplitBrainPolicy;
import org.vipdrift.netio.node.Syslog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vipdrift node}. */
@Command(
    name = "node",
    description = {
      "Run a keepalived.conf on this machine: VRRP elections with keepalived or other nodes.",
      "Takes keepalived's own options. It stays in the foreground; a service manager, or '&', puts"
          + " it in the background.",
      "Exit codes: 0 stopped as told, 2 usage, 4 the configuration is refused, 5 the machine lacks"
          + " something, 70 our bug."
    })
final class NodeCommand implements Callable<Integer> {
  private static final String STANDARD_FILE = "/etc/keepalived/keepalived.conf";
  private static final Path STANDARD_PID_FILE = Path.of("/run/keepalived.pid");
  private static final int LOCAL0 = 16;
  private static final int USER = 1;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-f", "--use-file"},
      paramLabel = "FILE",
      description = "The configuration; default: ${DEFAULT-VALUE}.",
      defaultValue = STANDARD_FILE)
  private Path file = Path.of(STANDARD_FILE);

  @Option(
      names = {"-t", "--config-test"},
      arity = "0..1",
      paramLabel = "LOG",
      fallbackValue = "",
      description = "Check the configuration, print what is wrong to standard error or LOG, end.")
  private @Nullable String configTest;

  @Option(
      names = {"-n", "--dont-fork"},
      description = "Stay in the foreground, as it does anyway.")
  private boolean dontFork;

  @Option(
      names = {"-l", "--log-console"},
      description = "Log to standard error.")
  private boolean logConsole;

  @Option(
      names = {"-D", "--log-detail"},
      description = "Log in detail.")
  private boolean logDetail;

  @Option(
      names = {"-S", "--log-facility"},
      paramLabel = "0..7|local0..local7|user|daemon",
      description = "Syslog's facility; default: daemon.",
      defaultValue = "daemon")
  private String facility = "daemon";

  @Option(
      names = {"-G", "--no-syslog"},
      description = "Do not log to syslog.")
  private boolean noSyslog;

  @Option(
      names = {"-p", "--pid"},
      paramLabel = "FILE",
      description = "PID file; default: /run/keepalived.pid, so that only one of both runs.")
  private @Nullable Path pidFile;

  @Option(
      names = {"-r", "--vrrp_pid"},
      paramLabel = "FILE",
      description = "Another PID file, as keepalived has for its VRRP process.")
  private @Nullable Path vrrpPidFile;

  @Option(
      names = {"-d", "--dump-conf"},
      description = "Accepted; SIGUSR1 writes /tmp/keepalived.data at any time.")
  private boolean dumpConfiguration;

  @Option(
      names = {"-P", "--vrrp"},
      description = "VRRP only: leave out virtual servers.")
  private boolean vrrpOnly;

  @Option(
      names = {"-i", "--config-id"},
      paramLabel = "ID",
      description = "Heed '@' lines for this id; default: the host's name.")
  private @Nullable String configId;

  @Option(
      names = {"-V", "--dont-release-vrrp"},
      description = "Leave addresses and routes installed at the end.")
  private boolean keepAddresses;

  @Option(
      names = {
        "-R",
        "--dont-respawn",
        "-m",
        "--core-dump",
        "-B",
        "--no_bfd",
        "-X",
        "--release-vips",
        "--all",
        "-I",
        "--dont-release-ipvs",
        "-e",
        "--all-config",
        "-a",
        "--address-monitoring"
      },
      description = "keepalived's; accepted, without effect here.")
  private boolean[] withoutEffect = {};

  @Option(
      names = {"-C", "--check", "-x", "--snmp", "-T", "--genhash"},
      description = "keepalived's checkers, SNMP and genhash; refused, a node has none.")
  private boolean[] refused = {};

  @Option(
      names = {"-s", "--namespace"},
      paramLabel = "NAME",
      description = "Refused: start it with 'ip netns exec NAME vipdrift node' instead.")
  private @Nullable String namespace;

  @Option(
      names = {"-v", "--version"},
      description = "Print the version and end.")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and end.")
  private boolean help;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Of this node for 'vipdrift status'; default: ${DEFAULT-VALUE}.",
      defaultValue = StatusCommand.STANDARD_NAME)
  private String name = StatusCommand.STANDARD_NAME;

  @Option(
      names = "--dry-run",
      description = "Listen and log what it would do; send nothing, change nothing.")
  private boolean dryRun;

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Play a takeover on no network at all, and end.")
  private boolean rehearse;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write everything that happens as JSON lines ('vipdrift trace show').")
  private @Nullable Path traceFile;

  @Option(
      names = "--metrics",
      paramLabel = "[HOST:]PORT",
      description = "Serve Prometheus metrics there, on the loopback interface by default.")
  private @Nullable String metrics;

  @Option(
      names = "--status-socket",
      paramLabel = "FILE",
      description = "Where 'vipdrift status' asks; default: /run/vipdrift/NAME.sock.")
  private @Nullable Path statusSocket;

  @Option(
      names = "--split-brain-notify",
      paramLabel = "COMMAND",
      description =
          "Run at a split-brain, with SPLIT_BRAIN or SPLIT_BRAIN_ENDED, the instance and"
              + " the other's address.")
  private @Nullable String splitBrainNotify;

  @Option(
      names = "--policy",
      paramLabel = "alarm|re-announce|yield",
      split = ",",
      description =
          "At a split-brain besides the alarm: announce the addresses again, or yield to"
              + " the higher address. Default: nothing.")
  private List<String> policies = new ArrayList<>();

  @Option(
      names = "--fence",
      paramLabel = "COMMAND",
      description = "Run once at a split-brain, with the instance and the other's address.")
  private @Nullable String fence;

  NodeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    long startNanos = System.nanoTime();
    Instant startedAt = Instant.now();
    if (version) {
      console.out().println("vipdrift " + ProgramVersion.current());
      return ExitCode.HOLDS;
    }
    checkUsage();
    if (rehearse) {
      Preparation.await();
      return ExitCode.HOLDS;
    }
    NodeFile source = new NodeFile(file, Optional.ofNullable(configId), vrrpOnly);
    try {
      List<String> interfaces = Preflight.interfaces();
      NodeFile.Reading reading = source.read(interfaces);
      if (configTest != null) {
        return test(reading);
      }
      report(reading.problems(), console.err());
      if (reading.configuration().isEmpty()) {
        console.error("the configuration is refused; nothing was started");
        return ExitCode.CONFIGURATION;
      }
      return run(source, reading.configuration().get(), startNanos, startedAt);
    } catch (NodeRefusal refusal) {
      console.error(refusal.getMessage());
      return switch (refusal.kind()) {
        case CONFIGURATION -> ExitCode.CONFIGURATION;
        case ENVIRONMENT -> ExitCode.ENVIRONMENT;
      };
    }
  }

  private void checkUsage() {
    if (refused.length > 0) {
      throw usage("a node has no checkers (-C), SNMP agent (-x) or genhash (-T)");
    }
    if (namespace != null) {
      throw usage("start a node in another namespace with: ip netns exec " + namespace + " ...");
    }
    for (String policy : policies) {
      if (!List.of("alarm", "re-announce", "yield").contains(policy)) {
        throw usage("no such policy: " + policy + "; there are alarm, re-announce and yield");
      }
    }
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw usage("a node's name is of letters, digits, '.', '_' and '-', not " + name);
    }
    facility();
    if (metrics != null) {
      address(metrics);
    }
    if (withoutEffect.length > 0) {
      console.error("some of keepalived's options have no effect on a node; see --help");
    }
  }

  private ParameterException usage(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private int test(NodeFile.Reading reading) throws IOException {
    if (configTest == null || configTest.isEmpty()) {
      report(reading.problems(), console.err());
    } else {
      try (PrintStream log = new PrintStream(Files.newOutputStream(Path.of(configTest)))) {
        report(reading.problems(), log);
      }
    }
    return reading.configuration().isEmpty() ? ExitCode.CONFIGURATION : ExitCode.HOLDS;
  }

  private static void report(List<Problem> problems, PrintStream out) {
    new ProblemPrinter(out, Subject::read).print(problems);
  }

  private int run(
      NodeFile source, NodeConfiguration configuration, long startNanos, Instant startedAt)
      throws IOException, NodeRefusal {
    String program = ProgramVersion.current();
    List<LiveTrace.Observer> observers = new ArrayList<>();
    Optional<NodeTraceFile> trace = Optional.empty();
    try (LogOutput output = new LogOutput(startedAt, logDetail, consoleLog(), syslog())) {
      KeepalivedLog log = new KeepalivedLog(output);
      observers.add(log::accept);
      if (traceFile != null) {
        trace = Optional.of(NodeTraceFile.create(traceFile, name, program));
        observers.add(trace.get());
      }
      LinuxNode.Ending ending =
          LinuxNode.run(
              options(program),
              configuration,
              () -> again(source),
              startNanos,
              startedAt,
              observers);
      return switch (ending) {
        case STOPPED -> ExitCode.HOLDS;
        case FAILED -> ExitCode.BUG;
      };
    } finally {
      if (trace.isPresent()) {
        trace.get().close();
      }
    }
  }

  /** At SIGHUP. */
  private Optional<NodeConfiguration> again(NodeFile source) {
    try {
      NodeFile.Reading reading = source.read(Preflight.interfaces());
      report(reading.problems(), console.err());
      return reading.configuration();
    } catch (NodeRefusal refusal) {
      console.error(refusal.getMessage());
      return Optional.empty();
    }
  }

  private NodeOptions options(String program) {
    List<Path> pidFiles = new ArrayList<>();
    pidFiles.add(Optional.ofNullable(pidFile).orElse(STANDARD_PID_FILE));
    if (vrrpPidFile != null) {
      pidFiles.add(vrrpPidFile);
    }
    return new NodeOptions(
        name,
        program,
        pidFiles,
        Optional.of(
            Optional.ofNullable(statusSocket).orElseGet(() -> StatusCommand.socketOf(name))),
        NodeStatusJson::of,
        Optional.ofNullable(metrics).map(this::address),
        dryRun,
        keepAddresses,
        new SplitBrainPolicy(
            policies.contains("re-announce"),
            policies.contains("yield"),
            Optional.ofNullable(splitBrainNotify).map(NodeCommand::words),
            Optional.ofNullable(fence).map(NodeCommand::words)));
  }

  private static List<String> words(String command) {
    return List.of(command.strip().split("\\s+"));
  }

  private InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon).replaceAll("[\\[\\]]", "");
    String port = text.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw usage("--metrics wants [HOST:]PORT, not " + text);
    }
    return new InetSocketAddress(host, Integer.parseInt(port));
  }

  /** Where there is no syslog either, silence would help nobody. */
  private Optional<PrintStream> consoleLog() {
    boolean nowhereElse = noSyslog || !Files.exists(Path.of(Syslog.PATH));
    return logConsole || nowhereElse ? Optional.of(console.err()) : Optional.empty();
  }

  private Optional<Syslog> syslog() throws NativeException {
    if (noSyslog || logConsole || !Files.exists(Path.of(Syslog.PATH))) {
      return Optional.empty();
    }
    return Optional.of(Syslog.open(Syslog.PATH, facility(), ProcessHandle.current().pid()));
  }

  private int facility() {
    if (facility.matches("(local)?[0-7]")) {
      return LOCAL0 + facility.charAt(facility.length() - 1) - '0';
    }
    return switch (facility) {
      case "daemon" -> Syslog.DAEMON;
      case "user" -> USER;
      default -> throw usage("no such syslog facility: " + facility);
    };
  }
}
