package org.vipdrift.netio.script;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts programs as keepalived does: as leaders of process groups of their own, with {@code
 * /dev/null} as standard input, output and error, and with the environment, the folder and the file
 * mode mask of this process.
 *
 * <p>Departs from keepalived 2.2.7 in one thing: a program that cannot be executed at run time ends
 * with 126 or 127, as from a shell, where keepalived takes it for a success.
 */
public final class ScriptLauncher {
  /** What a shell answers for a file that cannot be executed. */
  public static final int NOT_EXECUTABLE = 126;

  /** What a shell answers for a file that does not exist. */
  public static final int NOT_FOUND = 127;

  private static final File NULL_DEVICE = new File("/dev/null");
  private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

  private final String setsid;
  private final Optional<String> setpriv;
  private final int ownUid;

  private ScriptLauncher(String setsid, Optional<String> setpriv, int ownUid) {
    this.setsid = setsid;
    this.setpriv = setpriv;
    this.ownUid = ownUid;
  }

  /** What became of a start. */
  public sealed interface Start {
    /** It runs. */
    record Running(Process process) implements Start {
      /** The program, and whatever it forks. */
      public ProcessGroup group() {
        return new ProcessGroup(process.pid());
      }
    }

    /** It could not be started; the code is what a shell would say. */
    record Failed(int code, String reason) implements Start {}
  }

  /**
   * Finds what it needs on this machine.
   *
   * @throws IOException when {@code setsid} is missing
   */
  public static ScriptLauncher find() throws IOException {
    String setsid =
        tool("setsid")
            .orElseThrow(
                () ->
                    new IOException(
                        "scripts need the program setsid (of util-linux) in /usr/bin or /bin"));
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return new ScriptLauncher(setsid, tool("setpriv"), uid);
  }

  /** Starts a program; takes some milliseconds, so not on the thread of an actor. */
  public Start start(List<String> words, ScriptUser user) {
    Path program = Path.of(words.getFirst());
    Optional<Start.Failed> obstacle = obstacle(program);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    List<String> line = new ArrayList<>();
    line.add(setsid);
    if (user.uid() != ownUid) {
      if (setpriv.isEmpty()) {
        return new Start.Failed(
            NOT_EXECUTABLE,
            "running as " + user.name() + " needs the program setpriv (of util-linux)");
      }
      line.add(setpriv.get());
      line.add("--reuid=" + user.uid());
      line.add("--regid=" + user.gid());
      line.add("--groups=" + user.gid());
      line.add("--");
    }
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectInput(NULL_DEVICE);
    builder.redirectOutput(Redirect.to(NULL_DEVICE));
    builder.redirectError(Redirect.to(NULL_DEVICE));
    try {
      return new Start.Running(builder.start());
    } catch (IOException failure) {
      return new Start.Failed(NOT_EXECUTABLE, failure.getMessage());
    }
  }

  private static Optional<Start.Failed> obstacle(Path program) {
    if (!program.toString().contains("/")) {
      return Optional.empty(); // the search path decides
    }
    if (!Files.exists(program)) {
      return Optional.of(new Start.Failed(NOT_FOUND, program + " does not exist"));
    }
    if (!Files.isRegularFile(program)) {
      return Optional.of(new Start.Failed(NOT_EXECUTABLE, program + " is no file"));
    }
    try (InputStream file = Files.newInputStream(program)) {
      int first = file.read();
      int second = file.read();
      boolean known = (first == '#' && second == '!') || (first == 0x7f && second == 'E');
      return known
          ? Optional.empty()
          : Optional.of(
              new Start.Failed(
                  NOT_EXECUTABLE, program + " is neither a binary nor does it begin with #!"));
    } catch (IOException _) {
      return Optional.empty(); // it may still be executable; the kernel decides
    }
  }

  private static Optional<String> tool(String name) {
    return FOLDERS.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
