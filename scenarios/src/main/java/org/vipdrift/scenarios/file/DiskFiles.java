package org.vipdrift.scenarios.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.config.SourceFiles;

/** Files of this machine, read where they lie. */
public final class DiskFiles implements SourceFiles {
  @Override
  public Optional<String> read(String path) {
    try {
      return Optional.of(Files.readString(Path.of(path)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> glob(String pattern, String relativeTo) {
    Path folder = Optional.ofNullable(Path.of(relativeTo).getParent()).orElse(Path.of(""));
    Path whole = folder.resolve(pattern).normalize();
    if (Files.isRegularFile(whole)) {
      return List.of(whole.toString());
    }
    Path fixed = folder;
    for (Path part : Path.of(pattern)) {
      if (part.toString().matches(".*[*?\\[{].*")) {
        break;
      }
      fixed = fixed.resolve(part);
    }
    if (pattern.startsWith("/")) {
      fixed = Path.of("/").resolve(fixed);
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + whole);
    try (Stream<Path> files = Files.walk(fixed, whole.getNameCount())) {
      return files
          .map(Path::normalize)
          .filter(matcher::matches)
          .filter(Files::isRegularFile)
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
