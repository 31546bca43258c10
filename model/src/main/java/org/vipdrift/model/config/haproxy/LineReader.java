package org.vipdrift.model.config.haproxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;

/** Lines of the files, conditional blocks applied. */
final class LineReader {
  private static final int DEEPEST = 63;

  private enum Block {
    TAKEN,
    NOT_YET,
    /** A branch was taken already, or the block around is not. */
    DONE,
    ELSE_TAKEN,
    ELSE_DONE
  }

  private final Reading reading;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private String section = "";

  LineReader(Reading reading) {
    this.reading = reading;
  }

  /** Hands over each line that counts. */
  void read(String file, Consumer<Line> sink) {
    Optional<String> text = reading.files.read(file);
    SourceSpan top = SourceSpan.of(new SourcePosition(file, 1, 1), 0);
    if (text.isEmpty()) {
      reading.log.error("unreadable-file", "cannot read " + file, top);
      return;
    }
    int number = 0;
    int from = 0;
    String all = text.get();
    if (!all.isEmpty() && !all.endsWith("\n")) {
      reading.log.error(
          "missing-newline",
          "the last line has no line feed, as if the file were cut off",
          SourceSpan.of(
              new SourcePosition(file, 1 + (int) all.chars().filter(c -> c == '\n').count(), 1), 0),
          Optional.of("end the file with a line feed"));
    }
    while (from < all.length()) {
      int end = all.indexOf('\n', from);
      end = end < 0 ? all.length() : end;
      number++;
      one(all.substring(from, end), file, number, sink);
      from = end + 1;
    }
    if (!blocks.isEmpty()) {
      reading.log.error("unclosed-condition", "a .if block has no .endif", top);
      blocks.clear();
    }
  }

  void enterSection(String name) {
    section = name;
  }

  private void one(String text, String file, int number, Consumer<Line> sink) {
    int nul = text.indexOf('\0');
    List<Word> words =
        LineSplitter.split(
            nul < 0 ? text : text.substring(0, nul),
            file,
            number,
            name -> variable(name, file, number),
            reading.log);
    if (words.isEmpty() || words.getFirst().text().isEmpty()) {
      return;
    }
    Line line = new Line(words, words.getFirst().span().to(words.getLast().span()));
    if (line.text(0).startsWith(".") && directive(line)) {
      return;
    }
    if (isTaken()) {
      sink.accept(line);
    }
  }

  private boolean isTaken() {
    Block top = blocks.peek();
    return top == null || top == Block.TAKEN || top == Block.ELSE_TAKEN;
  }

  private Optional<String> variable(String name, String file, int number) {
    return switch (name) {
      case ".FILE" -> Optional.of(file);
      case ".LINE" -> Optional.of(Integer.toString(number));
      case ".SECTION" -> Optional.of(section);
      default -> Optional.ofNullable(reading.environment.get(name));
    };
  }

  private boolean directive(Line line) {
    switch (line.text(0)) {
      case ".if" -> {
        if (blocks.size() >= DEEPEST) {
          reading.log.error("too-deep", ".if blocks are nested too deeply", line.span());
        } else {
          blocks.push(isTaken() ? branch(line) : Block.DONE);
        }
      }
      case ".elif" -> elif(line);
      case ".else" -> {
        extra(line, 0);
        Block top = blocks.isEmpty() ? Block.ELSE_DONE : blocks.pop();
        switch (top) {
          case NOT_YET -> blocks.push(Block.ELSE_TAKEN);
          case TAKEN, DONE -> blocks.push(Block.ELSE_DONE);
          case ELSE_TAKEN, ELSE_DONE ->
              reading.log.error("stray-condition", "lone .else without .if", line.span());
        }
      }
      case ".endif" -> {
        extra(line, 0);
        if (blocks.poll() == null) {
          reading.log.error("stray-condition", "lone .endif without .if", line.span());
        }
      }
      case ".diag", ".notice", ".warning", ".alert" -> message(line);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void elif(Line line) {
    Block top = blocks.isEmpty() ? Block.ELSE_DONE : blocks.pop();
    switch (top) {
      case NOT_YET -> blocks.push(branch(line));
      case TAKEN, DONE -> blocks.push(Block.DONE);
      case ELSE_TAKEN, ELSE_DONE ->
          reading.log.error("stray-condition", "lone .elif without .if", line.span());
    }
  }

  private Block branch(Line line) {
    return ConditionalExpression.holds(line.joined(1), line.span(1), reading)
        ? Block.TAKEN
        : Block.NOT_YET;
  }

  private void extra(Line line, int most) {
    if (line.has(most + 1)) {
      reading.log.error(
          "unexpected-word",
          "unexpected argument \"" + line.text(most + 1) + "\" after \"" + line.text(0) + "\"",
          line.span(most + 1),
          Optional.of("put the condition in quotes"));
    }
  }

  private void message(Line line) {
    if (!isTaken()) {
      return;
    }
    extra(line, 1);
    String said = line.text(1).isBlank() ? line.text(0) + " without a text" : line.text(1);
    switch (line.text(0)) {
      case ".alert" -> reading.log.error("alert", said, line.span());
      case ".warning" -> reading.log.warning("warning", said, line.span());
      case ".notice" -> reading.log.note("notice", said, line.span());
      default -> {
        // Printed in diagnostic mode only.
      }
    }
  }
}
