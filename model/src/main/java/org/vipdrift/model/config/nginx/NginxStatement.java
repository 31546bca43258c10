package org.vipdrift.model.config.nginx;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/**
 * A directive with its arguments, and its block if it has one.
 *
 * @param words the directive's name first; never empty
 */
public record NginxStatement(List<NginxWord> words, Optional<List<NginxStatement>> block) {
  public NginxStatement {
    words = List.copyOf(words);
    block = block.map(List::copyOf);
  }

  public String name() {
    return words.getFirst().text();
  }

  /** How many arguments it has. */
  public int count() {
    return words.size() - 1;
  }

  /** An argument, counted from 1. */
  public String argument(int index) {
    return words.get(index).text();
  }

  /** The arguments as texts. */
  public List<String> arguments() {
    return words.stream().skip(1).map(NginxWord::text).toList();
  }

  /** What stands in its block. */
  public List<NginxStatement> body() {
    return block.orElse(List.of());
  }

  /** From its name to its last argument. */
  public SourceSpan span() {
    return words.getFirst().span().to(words.getLast().span());
  }
}
