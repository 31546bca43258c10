package org.vipdrift.model.config.nginx;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A block and the blocks around it: a directive that a block lacks is taken from the next. */
final class Scope {
  private final List<NginxStatement> statements;
  private final @Nullable Scope around;

  Scope(List<NginxStatement> statements, @Nullable Scope around) {
    this.statements = statements;
    this.around = around;
  }

  Scope inside(List<NginxStatement> block) {
    return new Scope(block, this);
  }

  /** Of this block alone. */
  List<NginxStatement> own(String... names) {
    List<String> wanted = List.of(names);
    return statements.stream().filter(s -> wanted.contains(s.name())).toList();
  }

  /** Of the nearest block that has any. */
  List<NginxStatement> all(String... names) {
    Scope scope = this;
    while (scope != null) {
      List<NginxStatement> found = scope.own(names);
      if (!found.isEmpty()) {
        return found;
      }
      scope = scope.around;
    }
    return List.of();
  }

  /** Whether this block has both, the first one first. */
  boolean isBefore(String first, String second) {
    List<NginxStatement> found = own(first, second);
    return !found.isEmpty()
        && found.getFirst().name().equals(first)
        && found.stream().anyMatch(s -> s.name().equals(second));
  }

  Optional<NginxStatement> last(String name) {
    List<NginxStatement> found = all(name);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  boolean isOn(String name, boolean fallback) {
    return last(name)
        .map(s -> s.argument(1).toLowerCase(Locale.ROOT).equals("on"))
        .orElse(fallback);
  }
}
