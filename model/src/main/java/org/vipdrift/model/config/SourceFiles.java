package org.vipdrift.model.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files a configuration may name; the implementation decides where they live. */
public interface SourceFiles {
  /** The text of a file, empty if it cannot be read. */
  Optional<String> read(String path);

  /**
   * The paths that match a shell pattern with {@code * ? [...]} and {@code {a,b}}, sorted, each fit
   * for {@link #read}; an exact name answers itself if it exists.
   *
   * @param relativeTo the path of the file that holds the pattern; a relative pattern starts in its
   *     folder
   */
  List<String> glob(String pattern, String relativeTo);

  /** One text under one name, with nothing else to include. */
  static SourceFiles single(String path, String text) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(path, text);
    return new SourceTexts(texts);
  }
}
