package org.vipdrift.model.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files held in memory, as a scenario carries them. */
public final class SourceTexts implements SourceFiles {
  private final Map<String, String> texts;

  /**
   * @param texts contents by path
   */
  public SourceTexts(Map<String, String> texts) {
    this.texts = Collections.unmodifiableMap(new TreeMap<>(texts));
  }

  @Override
  public Optional<String> read(String path) {
    return Optional.ofNullable(texts.get(path));
  }

  @Override
  public List<String> glob(String pattern, String relativeTo) {
    List<String> found = new ArrayList<>();
    for (String alternative : GlobPattern.alternatives(resolve(pattern, relativeTo))) {
      for (String path : texts.keySet()) {
        if (GlobPattern.matches(alternative, path) && !found.contains(path)) {
          found.add(path);
        }
      }
    }
    return List.copyOf(found);
  }

  /** A pattern made absolute, or at least relative to the same root as the file that holds it. */
  private static String resolve(String pattern, String relativeTo) {
    int slash = relativeTo.lastIndexOf('/');
    String path =
        pattern.startsWith("/") || slash < 0
            ? pattern
            : relativeTo.substring(0, slash + 1) + pattern;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    return path.replace("/./", "/");
  }
}
