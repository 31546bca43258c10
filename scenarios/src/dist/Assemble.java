import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Puts together what a machine without Java needs: a runtime of the modules in use, the jars, what
 * a start loads and links (the AOT cache), the catalogue, and the files around them.
 *
 * <p>Run by {@code mvn -Pdist package} on the JDK that builds the project.
 */
final class Assemble {
  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,java.xml,jdk.httpserver,jdk.unsupported";

  private final Path scenarios;
  private final Path home;

  private Assemble(Path scenarios, Path home) {
    this.scenarios = scenarios;
    this.home = home;
  }

  /**
   * The arguments: the folder of the scenarios module, that of the distribution, and the date of
   * all that is in it, as 2026-01-01T00:00:00Z.
   */
  public static void main(String[] arguments) throws Exception {
    new Assemble(Path.of(arguments[0]), Path.of(arguments[1])).assemble(arguments[2]);
  }

  private void assemble(String date) throws Exception {
    remove(home);
    Files.createDirectories(home.getParent());
    runtime();
    Path target = scenarios.resolve("target");
    copyTree(target.resolve("lib"), home.resolve("lib"));
    copy(target.resolve("vipdrift-scenarios.jar"), home.resolve("lib/vipdrift-scenarios.jar"));
    copyTree(scenarios.resolve("catalogue"), home.resolve("scenarios/catalogue"));
    Path sources = scenarios.resolve("src/dist");
    copy(sources.resolve("bin/vipdrift"), home.resolve("bin/vipdrift"));
    home.resolve("bin/vipdrift").toFile().setExecutable(true, false);
    copyTree(sources.resolve("systemd"), home.resolve("systemd"));
    copy(sources.resolve("DEPLOYMENT.md"), home.resolve("DEPLOYMENT.md"));
    copy(scenarios.resolve("../LICENSE"), home.resolve("LICENSE"));
    copyTree(sources.resolve("man"), home.resolve("man"));
    compressManual();
    // The AOT cache serves only jars of the very date that it saw, and archives have this one.
    dateAll(FileTime.from(Instant.parse(date)));
    training();
    completion();
  }

  private void runtime() {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    int code =
        jlink.run(
            System.out,
            System.err,
            "--add-modules",
            MODULES,
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--compress=zip-6",
            "--output",
            home.resolve("runtime").toString());
    if (code != 0) {
      throw new IllegalStateException("jlink ended with " + code);
    }
  }

  /** Starts the program twice, on its own runtime, so that it may note what it loads. */
  private void training() throws Exception {
    run(
        "VIPDRIFT_TRAINING",
        home.resolve("bin/vipdrift").toString(),
        "run",
        "nginx-pair",
        "--no-store");
    ProcessBuilder node =
        new ProcessBuilder(
            "sh",
            scenarios.resolve("src/dist/training/node.sh").toString(),
            home.resolve("bin/vipdrift").toString(),
            "node");
    node.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    node.environment().put("VIPDRIFT_TRAINING", "yes");
    node.start().waitFor();
    for (String cache : List.of("lib/vipdrift.aot", "lib/vipdrift-node.aot")) {
      if (!Files.isRegularFile(home.resolve(cache))) {
        throw new IllegalStateException("the training runs left no " + cache);
      }
    }
  }

  private void completion() throws Exception {
    Path file = home.resolve("completion/vipdrift");
    Files.createDirectories(file.getParent());
    Process process =
        new ProcessBuilder(home.resolve("bin/vipdrift").toString(), "completion")
            .redirectOutput(file.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    expectSuccess(process, "vipdrift completion");
  }

  private void run(String mode, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put(mode, "yes");
    expectSuccess(builder.start(), String.join(" ", command));
  }

  private static void expectSuccess(Process process, String what) throws InterruptedException {
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(what + " ended with " + code);
    }
  }

  private void compressManual() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> files = Files.list(home.resolve("man"))) {
      files.forEach(pages::add);
    }
    for (Path page : pages) {
      try (GZIPOutputStream out =
          new GZIPOutputStream(
              Files.newOutputStream(page.resolveSibling(page.getFileName() + ".gz")))) {
        Files.copy(page, out);
      }
      Files.delete(page);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.setPosixFilePermissions(
        to, PosixFilePermissions.fromString(Files.isExecutable(from) ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private void dateAll(FileTime date) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, date);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
