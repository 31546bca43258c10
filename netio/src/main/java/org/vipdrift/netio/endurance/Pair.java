package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.netio.link.TimedTap;
import org.vipdrift.netio.namespaces.Leftovers;

/** Two hosts on one cable, and a tap on the first one's end of it. */
final class Pair implements AutoCloseable {
  static final String FIRST_ADDRESS = "10.9.0.1";
  static final String SECOND_ADDRESS = "10.9.0.2";

  private final List<String> launcher;
  private final Path folder;
  private final Place first;
  private final Place second;
  private final TimedTap tap;
  private final List<Daemon> started = new ArrayList<>();
  private int files;

  private Pair(List<String> launcher, Path folder, Place first, Place second, TimedTap tap) {
    this.launcher = launcher;
    this.folder = folder;
    this.first = first;
    this.second = second;
    this.tap = tap;
  }

  /**
   * @param launcher the words before {@code node}
   */
  static Pair open(List<String> launcher) throws IOException {
    Place first = Place.open();
    Place second = Place.open();
    Processes.run(
        List.of(
            ("ip link add eth0 netns "
                    + first.pid()
                    + " type veth peer name eth0 netns "
                    + second.pid())
                .split(" ")));
    for (Place place : List.of(first, second)) {
      place.run(
          "ip addr add " + (place == first ? FIRST_ADDRESS : SECOND_ADDRESS) + "/16 dev eth0");
      place.run("ip link set eth0 up");
    }
    Path folder = Leftovers.temporaryFolder();
    return new Pair(
        launcher, folder, first, second, TimedTap.open(first.namespace(), "eth0", true));
  }

  Place first() {
    return first;
  }

  Place second() {
    return second;
  }

  TimedTap tap() {
    return tap;
  }

  Daemon keepalived(Place place, String configuration) throws IOException {
    String file = write(configuration);
    // New ones each time: whom nobody waits for stays a process to kill(2), and so "running".
    String pids = "/run/" + files;
    return launch(
        place,
        List.of(
            "keepalived",
            "-n",
            "-l",
            "-D",
            "-P",
            "-f",
            file,
            "-p",
            pids + ".pid",
            "-r",
            pids + "_vrrp.pid"),
        Optional.empty());
  }

  /**
   * @param javaOptions besides those of the launcher
   */
  Daemon vipdrift(Place place, String configuration, Optional<String> javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of("node", "-n", "-l", "-f", write(configuration), "-p", "/run/vipdrift.pid"));
    return launch(place, command, javaOptions);
  }

  private Daemon launch(Place place, List<String> command, Optional<String> javaOptions)
      throws IOException {
    Daemon daemon = Daemon.start(place, command, javaOptions);
    started.add(daemon);
    return daemon;
  }

  private String write(String configuration) throws IOException {
    Path file = folder.resolve(++files + ".conf");
    Files.writeString(file, configuration);
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    return file.toString();
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    started.stream().filter(Daemon::isAlive).forEach(Daemon::close);
    tap.close();
    first.close();
    second.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
