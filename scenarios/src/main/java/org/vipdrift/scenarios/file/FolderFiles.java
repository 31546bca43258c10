package org.vipdrift.scenarios.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vipdrift.model.config.Suggestions;

/** The files of a scenario folder, by paths relative to it with {@code /} between the parts. */
final class FolderFiles {
  private static final long LARGEST = 4_000_000;
  private static final int MOST_INCLUDED = 1_000;
  private static final int DEEPEST = 6;
  private static final Pattern INCLUDE =
      Pattern.compile("^\\s*(?:@\\^?\\S+\\s+)?include\\S*\\s", Pattern.MULTILINE);

  private final Path folder;

  FolderFiles(Path folder) {
    this.folder = folder;
  }

  /** The text of a file, or why there is none. */
  sealed interface Contents {
    record Text(String text, boolean executable) implements Contents {}

    record Unreadable(String reason) implements Contents {}
  }

  Contents read(String path) {
    return read(resolve(path));
  }

  private Optional<Path> resolve(String path) {
    try {
      return Optional.of(folder.resolve(path).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Contents read(Optional<Path> resolved) {
    if (resolved.isEmpty()) {
      return new Contents.Unreadable("is not a path");
    }
    Path file = resolved.get();
    try {
      if (!Files.exists(file)) {
        return new Contents.Unreadable("does not exist");
      }
      if (!Files.isRegularFile(file)) {
        return new Contents.Unreadable("is not a file");
      }
      if (Files.size(file) > LARGEST) {
        return new Contents.Unreadable("is larger than " + LARGEST + " bytes");
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = decode(bytes);
      if (text.indexOf('\0') >= 0) {
        return new Contents.Unreadable("is not a text file");
      }
      return new Contents.Text(text, Files.isExecutable(file) || text.startsWith("#!"));
    } catch (AccessDeniedException e) {
      return new Contents.Unreadable("may not be read");
    } catch (IOException e) {
      return new Contents.Unreadable("cannot be read: " + e.getMessage());
    }
  }

  /** UTF-8, or byte for byte where it is not: comments come in many old encodings. */
  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** The file's text; its absence is reported at the node that names it. */
  Optional<Contents.Text> require(YamlNode where, String path) {
    return switch (read(path)) {
      case Contents.Text text -> Optional.of(text);
      case Contents.Unreadable(String reason) -> {
        where.error(
            Mistake.UNREADABLE_FILE,
            "the file '" + path + "' " + reason,
            Suggestions.nearest(path, all())
                .map(p -> "did you mean '" + p + "'?")
                .orElse("paths are relative to the scenario's folder"));
        yield Optional.empty();
      }
    };
  }

  /**
   * A configuration with every file that it may include: those in its directory and below, by path
   * like its own. Without an include line it is the file alone.
   */
  Map<String, String> withIncludable(String path, String text) {
    Map<String, String> texts = new TreeMap<>();
    texts.put(path, text);
    if (!INCLUDE.matcher(text).find()) {
      return texts;
    }
    Path parent = Optional.ofNullable(folder.resolve(path).getParent()).orElse(folder);
    int slash = path.lastIndexOf('/');
    String prefix = path.substring(0, slash + 1);
    for (Path file : below(parent)) {
      if (read(Optional.of(file)) instanceof Contents.Text(String included, boolean _)) {
        texts.putIfAbsent(prefix + slashed(parent.relativize(file)), included);
      }
    }
    return texts;
  }

  /** A configuration with every file that it may include or whose name it mentions. */
  Map<String, String> withMentioned(String path, String text) {
    Map<String, String> texts = withIncludable(path, text);
    Path parent = Optional.ofNullable(folder.resolve(path).getParent()).orElse(folder);
    String prefix = path.substring(0, path.lastIndexOf('/') + 1);
    for (Path file : below(parent)) {
      String name = slashed(parent.relativize(file));
      if (text.contains(String.valueOf(file.getFileName()))
          && read(Optional.of(file)) instanceof Contents.Text(String mentioned, boolean _)) {
        texts.putIfAbsent(prefix + name, mentioned);
      }
    }
    return texts;
  }

  private List<String> all() {
    return below(folder).stream().map(f -> slashed(folder.relativize(f))).toList();
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static List<Path> below(Path directory) {
    try (Stream<Path> files = Files.walk(directory, DEEPEST)) {
      return files
          .filter(Files::isRegularFile)
          .limit(MOST_INCLUDED)
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }
}
