package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every statement of the RFCs that we hold ourselves to has a test. */
class RequirementsTest {
  @Test
  void everyRequirementIsNamedByATest() throws Exception {
    Set<String> named = new TreeSet<>();
    for (Class<?> test : testClasses()) {
      for (Method method : test.getDeclaredMethods()) {
        Requirement requirement = method.getAnnotation(Requirement.class);
        if (requirement != null) {
          named.addAll(List.of(requirement.value()));
        }
      }
    }
    assertThat(named).isEqualTo(new TreeSet<>(ids()));
  }

  private static List<String> ids() throws Exception {
    try (InputStream rows = RequirementsTest.class.getResourceAsStream("vrrp-requirements.tsv")) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(row -> row.substring(0, row.indexOf('\t')))
          .toList();
    }
  }

  private static List<Class<?>> testClasses() throws Exception {
    URI here = RequirementsTest.class.getResource("RequirementsTest.class").toURI();
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(here).getParent())) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && name.contains("Test")) {
          String simple = name.substring(0, name.length() - ".class".length());
          classes.add(Class.forName(RequirementsTest.class.getPackageName() + "." + simple));
        }
      }
    }
    return classes;
  }
}
