package org.vipdrift.netio.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.netio.script.ScriptCheck.Disabled;
import org.vipdrift.netio.script.ScriptCheck.Finding;
import org.vipdrift.netio.script.ScriptCheck.Usable;

/** The lines are those of keepalived 2.2.7 for the same files. */
class ScriptCheckTest {
  private static final ScriptUser NOBODY = new ScriptUser("nobody", 65534, 65534);
  private static final int STRANGER = 65534;

  private final ScriptCheck strict = new ScriptCheck(true, "/usr/bin:/bin");
  private final ScriptCheck lax = new ScriptCheck(false, "/usr/bin:/bin");

  @TempDir private Path folder;
  private Path script;

  @BeforeEach
  void beRoot() throws IOException {
    assumeTrue(
        (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0,
        "only root can give files away");
    script = Files.writeString(folder.resolve("chk.sh"), "#!/bin/sh\nexit 0\n");
    mode(script, "rwxr-xr-x");
    mode(folder, "rwxr-xr-x");
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private Finding check(ScriptCheck rules) {
    return rules.trackScript("chk", script.toString(), ScriptUser.ROOT);
  }

  private void assertInsecure() {
    assertThat(check(strict))
        .isInstanceOf(Disabled.class)
        .extracting(Finding::logLines)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(
            "Unsafe permissions found for script '" + script + "' - disabling.",
            "Disabling track script chk due to insecure");
    assertThat(check(lax))
        .isInstanceOfSatisfying(
            Usable.class,
            usable -> {
              assertThat(usable.insecure()).isTrue();
              assertThat(usable.logLines())
                  .containsExactly("Unsafe permissions found for script '" + script + "'.");
            });
    assertThat(strict.trackScript("chk", script.toString(), NOBODY))
        .as("only root must be careful")
        .isInstanceOf(Usable.class);
  }

  @Test
  void aScriptOfRootInFoldersOfRootIsFine() {
    assertThat(check(strict))
        .isInstanceOfSatisfying(
            Usable.class,
            usable -> {
              assertThat(usable.program()).isEqualTo(script.toString());
              assertThat(usable.insecure()).isFalse();
              assertThat(usable.logLines()).isEmpty();
            });
  }

  @Nested
  class AScriptOfRootIsInsecure {
    @Test
    void whenItBelongsToSomebodyElse() throws IOException {
      Files.setAttribute(script, "unix:uid", STRANGER);
      assertInsecure();
    }

    @Test
    void whenItsGroupMayWriteIt() throws IOException {
      mode(script, "rwxrwxr-x");
      assertThat(check(strict)).as("root's own group may").isInstanceOf(Usable.class);
      Files.setAttribute(script, "unix:gid", STRANGER);
      assertInsecure();
    }

    @Test
    void whenEverybodyMayWriteItsFolder() throws IOException {
      mode(folder, "rwxrwxrwx");
      assertInsecure();
      Files.setAttribute(folder, "unix:mode", 01777);
      assertThat(check(strict)).as("a sticky folder").isInstanceOf(Usable.class);
    }

    @Test
    void whenItsFolderBelongsToSomebodyElse() throws IOException {
      Files.setAttribute(folder, "unix:uid", STRANGER);
      assertInsecure();
      Files.setAttribute(folder, "unix:uid", 0);
    }
  }

  @Test
  void linksAreFollowedBeforeTheyAreJudged() throws IOException {
    mode(script, "rwxrwxrwx");
    Path link = Files.createSymbolicLink(folder.resolve("link.sh"), script);
    assertThat(strict.trackScript("chk", link.toString(), ScriptUser.ROOT).logLines())
        .contains("Unsafe permissions found for script '" + script + "' - disabling.");
  }

  @Test
  void aScriptThatNobodyMayExecuteIsDisabled() throws IOException {
    mode(script, "rw-r--r--");
    assertThat(check(lax))
        .isEqualTo(
            new Disabled(
                List.of(
                    "WARNING - script '"
                        + script
                        + "' is not executable for uid:gid 0:0 - disabling.")));
    mode(script, "rwx------");
    assertThat(check(lax)).isInstanceOf(Usable.class);
    assertThat(lax.notifyScript(script.toString(), NOBODY).logLines())
        .containsExactly(
            "WARNING - script '"
                + script
                + "' is not executable for uid:gid 65534:65534 - disabling.");
  }

  @Test
  void aMissingScriptIsDisabled() {
    assertThat(lax.trackScript("chk", "/no/such/script", ScriptUser.ROOT))
        .isEqualTo(
            new Disabled(
                List.of(
                    "Script /no/such/script cannot be accessed - No such file or directory",
                    "Disabling track script chk since not found/accessible")));
    assertThat(lax.trackScript("chk", "FOO=1", ScriptUser.ROOT).logLines())
        .containsExactly(
            "Cannot find script FOO=1 in path - disabling",
            "Disabling track script chk since not found/accessible");
  }

  @Test
  void aFolderIsNoScript() {
    assertThat(lax.trackScript("chk", folder.toString(), ScriptUser.ROOT))
        .isEqualTo(
            new Disabled(
                List.of(
                    "Wrong file type found in script path '" + folder + "'.",
                    "Disabling track script chk due to insecure")));
  }

  @Test
  void aNameWithoutFolderIsLookedUp() {
    assertThat(lax.trackScript("chk", "true", ScriptUser.ROOT))
        .isInstanceOfSatisfying(
            Usable.class,
            usable -> {
              assertThat(usable.program()).isEqualTo("/usr/bin/true");
              assertThat(usable.logLines())
                  .containsExactly(
                      "WARNING - script `true` resolved by path search to `/usr/bin/true`. Please"
                          + " specify full path.");
            });
  }
}
