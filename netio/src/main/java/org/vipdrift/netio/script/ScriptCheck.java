package org.vipdrift.netio.script;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a configured script may run, in the order and words of keepalived 2.2.7 (observed).
 *
 * <p>A script that runs as root is insecure when its file or a folder above it, links resolved,
 * belongs to another user, or can be written by a group other than root's or by everybody (a folder
 * with the sticky bit excepted). Without {@code enable_script_security} that is only told.
 *
 * @param security whether {@code enable_script_security} is configured
 * @param searchPath folders for programs that are named without a slash, as {@code PATH}
 */
public record ScriptCheck(boolean security, String searchPath) {
  private static final int EXECUTE = 1;
  private static final int OTHERS_WRITE = 2;
  private static final int GROUP_WRITE = 020;
  private static final int STICKY = 01000;
  private static final int SHIFT_OWNER = 6;
  private static final int SHIFT_GROUP = 3;

  /** What is to become of a script. */
  public sealed interface Finding {
    /** What keepalived would log, in order. */
    List<String> logLines();
  }

  /**
   * It may run.
   *
   * @param program the first word, resolved by the search path
   * @param insecure whether it would be disabled by {@code enable_script_security}
   */
  public record Usable(String program, boolean insecure, List<String> logLines) implements Finding {
    public Usable {
      logLines = List.copyOf(logLines);
    }
  }

  /** It must not run, as if it were not configured. */
  public record Disabled(List<String> logLines) implements Finding {
    public Disabled {
      logLines = List.copyOf(logLines);
    }
  }

  /** With the search path of this process. */
  public static ScriptCheck here(boolean security) {
    return new ScriptCheck(
        security, Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"));
  }

  /**
   * Checks a {@code vrrp_script}.
   *
   * @param name in the configuration
   * @param program the first word of its command
   */
  public Finding trackScript(String name, String program, ScriptUser user) {
    Checked checked = check(program, user);
    List<String> lines = new ArrayList<>(checked.lines);
    checked.disabledAs.ifPresent(
        reason -> lines.add("Disabling track script " + name + " due to " + reason));
    checked.missingAs.ifPresent(
        reason -> lines.add("Disabling track script " + name + " since " + reason));
    return checked.finding(lines);
  }

  /**
   * Checks a notify script.
   *
   * @param program the first word of its command
   */
  public Finding notifyScript(String program, ScriptUser user) {
    Checked checked = check(program, user);
    return checked.finding(checked.lines);
  }

  private record Checked(
      String program,
      boolean usable,
      boolean insecure,
      List<String> lines,
      Optional<String> disabledAs,
      Optional<String> missingAs) {
    Finding finding(List<String> allLines) {
      return usable ? new Usable(program, insecure, allLines) : new Disabled(allLines);
    }

    static Checked missing(String program, String line) {
      return new Checked(
          program,
          false,
          false,
          List.of(line),
          Optional.empty(),
          Optional.of("not found/accessible"));
    }

    static Checked insecure(String program, String line) {
      return new Checked(
          program, false, true, List.of(line), Optional.of("insecure"), Optional.empty());
    }

    static Checked notExecutable(String program, String line) {
      return new Checked(program, false, false, List.of(line), Optional.empty(), Optional.empty());
    }
  }

  private Checked check(String program, ScriptUser user) {
    List<String> lines = new ArrayList<>();
    Path path = Path.of(program);
    if (!program.contains("/")) {
      Optional<Path> found = search(program);
      if (found.isEmpty()) {
        return Checked.missing(program, "Cannot find script " + program + " in path - disabling");
      }
      path = found.get();
      lines.add(
          "WARNING - script `"
              + program
              + "` resolved by path search to `"
              + path
              + "`. Please specify full path.");
    }
    try {
      Path real = path.toRealPath();
      if (!Files.isRegularFile(real)) {
        return Checked.insecure(program, "Wrong file type found in script path '" + path + "'.");
      }
      boolean insecure = user.uid() == 0 && isUnsafe(real);
      if (insecure) {
        String complaint = "Unsafe permissions found for script '" + real + "'";
        if (security) {
          return Checked.insecure(program, complaint + " - disabling.");
        }
        lines.add(complaint + ".");
      }
      if (!isExecutable(real, user)) {
        return Checked.notExecutable(
            program,
            "WARNING - script '%s' is not executable for uid:gid %d:%d - disabling."
                .formatted(path, user.uid(), user.gid()));
      }
      return new Checked(
          path.toString(), true, insecure, lines, Optional.empty(), Optional.empty());
    } catch (NoSuchFileException _) {
      return Checked.missing(
          program, "Script " + program + " cannot be accessed - No such file or directory");
    } catch (AccessDeniedException _) {
      return Checked.missing(
          program, "Script " + program + " cannot be accessed - Permission denied");
    } catch (IOException failure) {
      return Checked.missing(
          program, "Script " + program + " cannot be accessed - " + failure.getMessage());
    }
  }

  private Optional<Path> search(String program) {
    for (String folder : searchPath.split(":")) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isUnsafe(Path real) throws IOException {
    for (Path component = real; component != null; component = component.getParent()) {
      Attributes is = Attributes.of(component);
      boolean sticky = !component.equals(real) && (is.mode & STICKY) != 0;
      if (is.uid != 0
          || !sticky
              && ((is.mode & OTHERS_WRITE) != 0 || ((is.mode & GROUP_WRITE) != 0 && is.gid != 0))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isExecutable(Path real, ScriptUser user) throws IOException {
    Attributes is = Attributes.of(real);
    int anybody = EXECUTE << SHIFT_OWNER | EXECUTE << SHIFT_GROUP | EXECUTE;
    int needed =
        user.uid() == 0
            ? anybody
            : is.uid == user.uid()
                ? EXECUTE << SHIFT_OWNER
                : is.gid == user.gid() ? EXECUTE << SHIFT_GROUP : EXECUTE;
    return (is.mode & needed) != 0;
  }

  private record Attributes(int uid, int gid, int mode) {
    static Attributes of(Path path) throws IOException {
      Map<String, Object> read =
          Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
      return new Attributes(
          (Integer) read.get("uid"), (Integer) read.get("gid"), (Integer) read.get("mode"));
    }
  }
}
