package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.vipdrift.netio.foreign.Libc;

/**
 * What scripts on a host ask its service manager: {@code systemctl} and {@code service} there write
 * a line into a pipe, and wait for the answer in one of their own.
 */
final class ServiceRequests implements AutoCloseable {
  private static final String FOLDER = "/run/vipdrift/services";
  private static final String PIPE = FOLDER + "/requests";
  private static final int EVERYBODY = 0666;

  /** What {@code systemctl is-active} ends with where a unit is not. */
  private static final int INACTIVE = 3;

  private static final int NO_SUCH_UNIT = 5;

  private static final String ASK =
      """
      answer=/run/vipdrift/services/answer.$$
      mkfifo -m 666 "$answer" || exit 1
      echo "$answer $verb $units" > /run/vipdrift/services/requests
      read -r code text < "$answer"
      rm -f "$answer"
      [ -n "$text" ] && echo "$text"
      exit "$code"
      """;

  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      verb= units=
      for word; do
        case "$word" in
          -*) ;;
          *) if [ -z "$verb" ]; then verb=$word; else units="$units ${word%.service}"; fi ;;
        esac
      done
      """
          + ASK;

  private static final String SERVICE =
      """
      #!/bin/sh
      units=$1 verb=$2
      """
          + ASK;

  private final RunningHost host;
  private final World world;
  private final RandomAccessFile pipe;
  private volatile boolean closed;

  private ServiceRequests(RunningHost host, World world, RandomAccessFile pipe) {
    this.host = host;
    this.world = world;
    this.pipe = pipe;
  }

  /** Puts the commands on the host's disk and answers them. */
  static ServiceRequests begin(RunningHost host, World world) throws IOException {
    MachineFiles files = host.files();
    Path folder = Files.createDirectories(files.resolve(FOLDER));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path pipe = files.resolve(PIPE);
    Libc.makeFifo(pipe.toString(), EVERYBODY);
    Files.setPosixFilePermissions(pipe, PosixFilePermissions.fromString("rw-rw-rw-"));
    files.write("/usr/bin/systemctl", SYSTEMCTL, true);
    files.write("/usr/sbin/service", SERVICE, true);
    // Opened for both, a pipe neither blocks us nor ends when a writer does.
    ServiceRequests requests =
        new ServiceRequests(host, world, new RandomAccessFile(pipe.toFile(), "rw"));
    Thread.ofPlatform().daemon().name("services-" + host.name()).start(requests::read);
    return requests;
  }

  private void read() {
    try {
      while (!closed) {
        String line = pipe.readLine();
        if (line == null || closed) {
          return;
        }
        List<String> words = List.of(line.strip().split("\\s+"));
        if (words.size() >= 2) {
          world.execute(() -> answer(words.get(0), words.get(1), words.subList(2, words.size())));
        }
      }
    } catch (IOException e) {
      // The host is gone.
    }
  }

  private void answer(String to, String verb, List<String> units) {
    Optional<HostedProcess> found =
        units.isEmpty() ? Optional.empty() : host.process(units.getFirst());
    if (found.isEmpty()) {
      boolean general = units.isEmpty();
      reply(
          to,
          general ? 0 : NO_SUCH_UNIT,
          general ? "" : "Unit " + units.getFirst() + " not found.");
      return;
    }
    HostedProcess process = found.get();
    switch (verb) {
      case "start" -> {
        process.start(0);
        reply(to, 0, "");
      }
      case "stop" -> {
        process.stop(0);
        process.whenDown(() -> reply(to, 0, ""));
      }
      case "restart" -> {
        process.stop(0);
        process.start(0);
        reply(to, 0, "");
      }
      case "reload" -> {
        process.reload(0);
        reply(to, 0, "");
      }
      case "is-active", "status" ->
          reply(to, process.isUp() ? 0 : INACTIVE, process.isUp() ? "active" : "inactive");
      default -> reply(to, 0, "");
    }
  }

  /** The one who asked may be dead by now, or not yet listening. */
  private void reply(String to, int code, String text) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Path answer = host.files().resolve(to);
                if (Files.exists(answer)) {
                  try (RandomAccessFile out = new RandomAccessFile(answer.toFile(), "rw")) {
                    out.write((code + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; i < 500 && Files.exists(answer); i++) {
                      Thread.sleep(2);
                    }
                  }
                }
              } catch (IOException | InterruptedException e) {
                // Nobody waits for it any more.
              }
            });
  }

  @Override
  public void close() throws IOException {
    closed = true;
    pipe.write('\n');
  }
}
