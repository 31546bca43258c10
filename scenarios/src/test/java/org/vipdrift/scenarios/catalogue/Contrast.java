package org.vipdrift.scenarios.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a scenario stands on, from the file contrast.yaml in its folder.
 *
 * @param entries edits of its files, each of which must break its verdict
 * @param harmless entries of its timeline that change nothing by themselves, and why
 */
record Contrast(List<Entry> entries, Map<String, String> harmless) {
  private static final String FILE_NAME = "contrast.yaml";

  /**
   * One thing taken away.
   *
   * @param without what, in words
   * @param breaks expectations or invariants that must be among the broken ones
   */
  record Entry(String without, List<String> breaks, List<Edit> edits) {}

  /** A text that stands exactly once in a file, and another in its place. */
  record Edit(String file, String replace, String by) {}

  static Contrast of(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return new Contrast(List.of(), Collections.emptyMap());
    }
    Object root =
        new Load(LoadSettings.builder().setLabel(file.toString()).build())
            .loadFromString(CatalogueFolders.read(file));
    Map<String, Object> map = mapping(root, List.of("contrast", "harmless"), file);
    List<Entry> entries = new ArrayList<>();
    for (Object each : sequence(map.getOrDefault("contrast", List.of()), file)) {
      entries.add(entry(mapping(each, List.of("without", "breaks", "edits"), file), file));
    }
    Map<String, String> harmless = new LinkedHashMap<>();
    Object reasons = map.getOrDefault("harmless", Collections.emptyMap());
    if (reasons instanceof Map<?, ?> named) {
      named.forEach((name, why) -> harmless.put(text(name, file), text(why, file)));
    }
    return new Contrast(entries, harmless);
  }

  private static Entry entry(Map<String, Object> map, Path file) {
    List<Edit> edits = new ArrayList<>();
    for (Object each : sequence(map.get("edits"), file)) {
      Map<String, Object> edit = mapping(each, List.of("file", "replace", "by"), file);
      edits.add(
          new Edit(
              text(edit.get("file"), file),
              text(edit.get("replace"), file),
              text(edit.get("by"), file)));
    }
    List<String> breaks =
        sequence(map.get("breaks"), file).stream().map(each -> text(each, file)).toList();
    return new Entry(text(map.get("without"), file), breaks, edits);
  }

  private static Map<String, Object> mapping(Object value, List<String> keys, Path file) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new AssertionError(file + ": expected a mapping, found " + value);
    }
    Map<String, Object> read = new LinkedHashMap<>();
    map.forEach((key, each) -> read.put(text(key, file), each));
    if (!keys.containsAll(read.keySet())) {
      throw new AssertionError(file + ": expected keys among " + keys + ", found " + map.keySet());
    }
    return read;
  }

  private static List<?> sequence(Object value, Path file) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new AssertionError(file + ": expected a list, found " + value);
  }

  private static String text(Object value, Path file) {
    if (value instanceof String text) {
      return text;
    }
    throw new AssertionError(file + ": expected a text, found " + value);
  }

  /** Writes a copy of a scenario's folder, with the edits of an entry made, below a directory. */
  static Path edited(Path folder, Entry entry, Path directory) throws IOException {
    Path copy = directory.resolve(folder.getFileName().toString());
    for (Path file : CatalogueFolders.filesOf(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      String text = CatalogueFolders.read(file);
      for (Edit edit : entry.edits()) {
        if (edit.file().equals(name)) {
          text = once(text, edit, folder);
        }
      }
      Path target = copy.resolve(name);
      Files.createDirectories(target.getParent());
      Files.writeString(target, text);
    }
    return copy;
  }

  private static String once(String text, Edit edit, Path folder) {
    int at = text.indexOf(edit.replace());
    if (at < 0 || text.indexOf(edit.replace(), at + 1) >= 0) {
      throw new AssertionError(
          folder + ": '" + edit.replace() + "' must stand in " + edit.file() + " exactly once");
    }
    return text.substring(0, at) + edit.by() + text.substring(at + edit.replace().length());
  }
}
