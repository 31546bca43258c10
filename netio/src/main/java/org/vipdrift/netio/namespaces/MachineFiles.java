package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The disk of a host, by the absolute paths that the host knows. */
final class MachineFiles {
  private static final int MOST_LINKS = 40;

  private final Path root;

  MachineFiles(Machine machine) {
    this.root = machine.root();
  }

  /** Writes a file of root's, with the folders above it. */
  void write(String path, String text, boolean executable) throws IOException {
    Path file = resolve(path);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  void remove(String path) throws IOException {
    Files.deleteIfExists(resolve(path));
  }

  /**
   * The file as this process reaches it. A link with an absolute target would lead back to our own
   * disk, so links are followed here.
   */
  Path resolve(String path) throws IOException {
    Path rest = Path.of("/").relativize(Path.of(path).normalize());
    Path at = Path.of("/");
    int links = 0;
    while (true) {
      Path next = at.resolve(rest.getName(0)).normalize();
      Path seen = inside(next);
      boolean last = rest.getNameCount() == 1;
      if (!last && Files.isSymbolicLink(seen)) {
        if (++links > MOST_LINKS) {
          throw new IOException("too many links: " + path);
        }
        Path target = at.resolve(Files.readSymbolicLink(seen)).normalize();
        rest = Path.of("/").relativize(target.resolve(rest.subpath(1, rest.getNameCount())));
        at = Path.of("/");
        continue;
      }
      if (last) {
        return seen;
      }
      at = next;
      rest = rest.subpath(1, rest.getNameCount());
    }
  }

  private Path inside(Path absolute) {
    return root.resolve(Path.of("/").relativize(absolute));
  }

  boolean exists(String path) throws IOException {
    return Files.exists(resolve(path), LinkOption.NOFOLLOW_LINKS);
  }
}
