package org.vipdrift.model.config.haproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vipdrift.model.config.SourceFiles;

/** Whole configurations as people write them, and the files they name. */
final class HaproxyCorpus {
  private HaproxyCorpus() {}

  static Path folder() {
    try {
      return Path.of(HaproxyCorpus.class.getResource("corpus").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Texts by file name. */
  static SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".cfg")).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  static String text(String name) {
    return texts().get(name);
  }

  /** A file of the corpus, read with the files beside it. */
  static HaproxyParse parse(String name) {
    return HaproxyParser.parse(new Folder(folder()), name, options());
  }

  static ParseOptions options() {
    return ParseOptions.DEFAULT.withHosts(Map.of("localhost", "127.0.0.1"));
  }

  /** Files of a folder; paths that are not absolute start there. */
  record Folder(Path folder) implements SourceFiles {
    @Override
    public Optional<String> read(String path) {
      try {
        Path file = folder.resolve(path);
        return Files.isRegularFile(file)
            ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
            : Optional.empty();
      } catch (IOException | java.nio.file.InvalidPathException e) {
        return Optional.empty();
      }
    }

    @Override
    public List<String> glob(String pattern, String relativeTo) {
      List<String> found = new ArrayList<>();
      try {
        Path parent = folder.resolve(pattern).getParent();
        if (parent != null && Files.isDirectory(parent)) {
          try (Stream<Path> files = Files.list(parent)) {
            files.map(Path::toString).sorted().forEach(found::add);
          }
        }
      } catch (IOException | java.nio.file.InvalidPathException e) {
        return List.of();
      }
      return found;
    }
  }
}
