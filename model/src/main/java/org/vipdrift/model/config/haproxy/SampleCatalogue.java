package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Fetches, converters and ACL keywords of HAProxy 2.6.12, read from tables in resources. */
final class SampleCatalogue {
  private static final SampleCatalogue INSTANCE = new SampleCatalogue();

  /**
   * A fetch.
   *
   * @param places where it may be used, one bit each
   */
  record Fetch(
      String name, List<Argument> arguments, SampleType type, int places, boolean modelled) {}

  record Converter(
      String name, List<Argument> arguments, SampleType in, SampleType out, boolean modelled) {}

  /** An ACL keyword that stands for a fetch with a match method. */
  record AclKeyword(String name, String fetch, String match) {}

  /** One argument of a fetch or converter. */
  record Argument(String type, boolean optional) {}

  private final Map<String, Fetch> fetches = new TreeMap<>();
  private final Map<String, Converter> converters = new TreeMap<>();
  private final Map<String, AclKeyword> aclKeywords = new TreeMap<>();

  private SampleCatalogue() {
    for (String[] row : ResourceTable.read("fetches.txt")) {
      fetches.put(
          row[0],
          new Fetch(
              row[0],
              arguments(row[1]),
              SampleType.of(row[2]),
              Integer.parseInt(row[3], 16),
              row[4].equals("yes")));
    }
    for (String[] row : ResourceTable.read("converters.txt")) {
      converters.put(
          row[0],
          new Converter(
              row[0],
              arguments(row[1]),
              SampleType.of(row[2]),
              SampleType.of(row[3]),
              row[4].equals("yes")));
    }
    for (String[] row : ResourceTable.read("acls.txt")) {
      aclKeywords.put(row[0], new AclKeyword(row[0], row[1], row[2]));
    }
  }

  static SampleCatalogue instance() {
    return INSTANCE;
  }

  private static List<Argument> arguments(String signature) {
    List<Argument> arguments = new ArrayList<>();
    if (signature.equals("-")) {
      return arguments;
    }
    int optional = signature.indexOf('[');
    for (String type : signature.replace("[", "").replace("]", "").split(",")) {
      arguments.add(new Argument(type, false));
    }
    if (optional >= 0) {
      String required = signature.substring(0, optional);
      int count = required.isEmpty() ? 0 : required.split(",").length;
      for (int i = count; i < arguments.size(); i++) {
        arguments.set(i, new Argument(arguments.get(i).type(), true));
      }
    }
    return arguments;
  }

  Optional<Fetch> fetch(String name) {
    return Optional.ofNullable(fetches.get(name));
  }

  Optional<Converter> converter(String name) {
    return Optional.ofNullable(converters.get(name));
  }

  Optional<AclKeyword> aclKeyword(String name) {
    return Optional.ofNullable(aclKeywords.get(name));
  }

  Set<String> fetchNames() {
    return fetches.keySet();
  }

  Set<String> converterNames() {
    return converters.keySet();
  }

  List<String> aclNames() {
    List<String> names = new ArrayList<>(aclKeywords.keySet());
    names.addAll(fetches.keySet());
    return names;
  }
}
