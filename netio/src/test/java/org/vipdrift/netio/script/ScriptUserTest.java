package org.vipdrift.netio.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.netio.script.ScriptLauncher.Start;
import org.vipdrift.netio.script.ScriptUser.Lookup;

class ScriptUserTest {
  @TempDir private Path folder;

  @Test
  void aUserBringsItsGroupUnlessAnotherIsNamed() throws IOException {
    assertThat(ScriptUser.find("root", Optional.empty()))
        .isEqualTo(new Lookup.Found(ScriptUser.ROOT));
    assertThat(ScriptUser.find("root", Optional.of("daemon")))
        .isEqualTo(new Lookup.Found(new ScriptUser("root", 0, 1)));
  }

  @Test
  void whoDoesNotExistIsNamedAsKeepalivedDoes() throws IOException {
    assertThat(ScriptUser.find("nosuchuser", Optional.empty()))
        .isEqualTo(new Lookup.Unknown("Script user 'nosuchuser' does not exist"));
    assertThat(ScriptUser.find("daemon", Optional.of("nosuch")))
        .isEqualTo(new Lookup.Unknown("Script group 'nosuch' does not exist"));
  }

  @Test
  void aScriptRunsAsItsUserAndGroupAlone() throws IOException, InterruptedException {
    assumeTrue(
        (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0,
        "only root can run programs as others");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Start start =
        ScriptLauncher.find()
            .start(
                List.of("/bin/sh", "-c", "{ id -u; id -g; id -G; } > " + folder + "/ids"),
                new ScriptUser("daemon", 1, 2));
    assertThat(start).isInstanceOf(Start.Running.class);
    assertThat(((Start.Running) start).process().waitFor()).isZero();
    assertThat(Files.readAllLines(folder.resolve("ids"))).containsExactly("1", "2", "2");
  }
}
