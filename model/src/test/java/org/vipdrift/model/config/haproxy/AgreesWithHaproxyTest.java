package org.vipdrift.model.config.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the installed HAProxy about the corpus and about slips of the pen in it. */
class AgreesWithHaproxyTest {
  private static final long SEED = Long.getLong("haproxy.mutations.seed", 2026);
  private static final int COUNT = Integer.getInteger("haproxy.mutations.count", 1_000);

  @TempDir Path folder;

  /** What HAProxy said. */
  private record Verdict(String text, String file, boolean refused, String output) {}

  @BeforeEach
  void copyTheCorpus() throws Exception {
    assumeTrue(installed(), "haproxy 2.6 is not installed here");
    Path corpus = HaproxyCorpus.folder();
    try (Stream<Path> files = Files.walk(corpus)) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(corpus.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @Test
  void everyFileOfTheCorpusIsAccepted() throws Exception {
    for (String name : HaproxyCorpus.texts().keySet()) {
      assertThat(ask("", name).refused()).as(name).isFalse();
    }
  }

  @Test
  void refusesExactlyTheMutationsThatHaproxyRefuses() throws Exception {
    List<String> texts = List.copyOf(HaproxyCorpus.texts().values());
    SplittableRandom random = new SplittableRandom(SEED);
    List<Future<Verdict>> verdicts = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < COUNT; i++) {
        String text = HaproxyMutations.mutate(texts.get(random.nextInt(texts.size())), random);
        String file = "mutation-" + i + ".cfg";
        verdicts.add(
            pool.submit(
                () -> {
                  Files.writeString(folder.resolve(file), text);
                  return ask(text, file);
                }));
      }
    }
    ParseOptions options = options();
    List<String> differences = new ArrayList<>();
    for (Future<Verdict> future : verdicts) {
      Verdict verdict = future.get();
      HaproxyParse parse =
          HaproxyParser.parse(new HaproxyCorpus.Folder(folder), verdict.file(), options);
      if (parse.isRefused() != verdict.refused()) {
        differences.add(
            "HAProxy "
                + (verdict.refused() ? "refuses" : "accepts")
                + ", we do not:\n"
                + verdict.output()
                + parse.problems()
                + "\n"
                + verdict.text());
      }
    }
    assertThat(differences).as("run again with -Dhaproxy.mutations.seed=%d", SEED).isEmpty();
  }

  private static boolean installed() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("haproxy", "-v").redirectErrorStream(true).start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      process.waitFor();
      return text.contains("version 2.6.");
    } catch (IOException e) {
      return false;
    }
  }

  private Verdict ask(String text, String file) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("haproxy", "-c", "-f", file)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH"));
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("haproxy -c hangs on " + text);
    }
    return new Verdict(text, file, process.exitValue() != 0, output);
  }

  /** This machine as HAProxy sees it. */
  private static ParseOptions options() throws IOException {
    String host = InetAddress.getLocalHost().getHostName();
    return ParseOptions.DEFAULT
        .withHostName(host)
        .withHosts(Map.of("localhost", "127.0.0.1", host, "127.0.0.1"))
        .withAccounts(names("/etc/passwd"), names("/etc/group"));
  }

  private static List<String> names(String file) throws IOException {
    return Files.readAllLines(Path.of(file)).stream().map(l -> l.split(":", 2)[0]).toList();
  }
}
