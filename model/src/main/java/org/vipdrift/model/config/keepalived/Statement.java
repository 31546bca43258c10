package org.vipdrift.model.config.keepalived;

import java.util.List;
import org.vipdrift.model.config.SourceSpan;

/**
 * One line of a configuration and, if it opened one, its block.
 *
 * @param words the keyword and its parameters, at least one word
 * @param block the statements between the braces; empty if there were none
 * @param isBlock whether a block was opened
 */
public record Statement(List<Word> words, List<Statement> block, boolean isBlock, SourceSpan span) {
  public Statement {
    words = List.copyOf(words);
    block = List.copyOf(block);
  }

  public String keyword() {
    return words.getFirst().text();
  }

  /** How many words follow the keyword. */
  public int parameters() {
    return words.size() - 1;
  }

  /**
   * The word at an index, the keyword being 0.
   *
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public Word word(int index) {
    return words.get(index);
  }

  /** The texts of the words after the keyword. */
  public List<String> texts() {
    return words.stream().skip(1).map(Word::text).toList();
  }
}
