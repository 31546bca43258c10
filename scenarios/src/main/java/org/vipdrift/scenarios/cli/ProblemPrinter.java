package org.vipdrift.scenarios.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceSpan;

/** Prints problems with the line they are about and a caret below the place. */
final class ProblemPrinter {
  private static final int WIDEST_LINE = 200;

  private final PrintStream out;
  private final Function<String, Optional<String>> texts;

  /**
   * @param texts the contents of a file by the name that problems give it
   */
  ProblemPrinter(PrintStream out, Function<String, Optional<String>> texts) {
    this.out = out;
    this.texts = texts;
  }

  void print(List<Problem> problems) {
    for (Problem problem : problems) {
      out.println(
          problem.span()
              + ": "
              + problem.severity().name().toLowerCase(Locale.ROOT)
              + ": "
              + problem.message()
              + " ["
              + problem.code()
              + "]");
      line(problem.span())
          .ifPresent(
              text -> {
                out.println("    " + text);
                out.println("    " + caret(text, problem.span()));
              });
      problem.suggestion().ifPresent(s -> out.println("    " + s));
    }
  }

  private Optional<String> line(SourceSpan span) {
    return texts
        .apply(span.file())
        .flatMap(text -> text.lines().skip(span.line() - 1L).findFirst())
        .filter(text -> !text.isBlank() && text.length() <= WIDEST_LINE);
  }

  private static String caret(String text, SourceSpan span) {
    StringBuilder caret = new StringBuilder();
    for (int i = 0; i < Math.min(span.column() - 1, text.length()); i++) {
      caret.append(text.charAt(i) == '\t' ? '\t' : ' ');
    }
    int end = span.endLine() == span.line() ? span.endColumn() : text.length() + 1;
    return caret.append("^".repeat(Math.max(1, end - span.column()))).toString();
  }
}
