package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.GlobPattern;
import org.vipdrift.model.config.SourceFiles;

/** Reads files into a tree of directives, with what they include in its place. */
final class TreeReader {
  private static final int DEEPEST = 32;

  private final SourceFiles files;
  private final String mainFile;
  private final ProblemLog log;
  private int depth;

  TreeReader(SourceFiles files, String mainFile, ProblemLog log) {
    this.files = files;
    this.mainFile = mainFile;
    this.log = log;
  }

  List<NginxStatement> read(String text) {
    return readFile(mainFile, text);
  }

  private List<NginxStatement> readFile(String file, String text) {
    List<NginxStatement> statements = new ArrayList<>();
    new OneFile(new NginxLexer(file, text)).block(statements, false);
    return statements;
  }

  /** The text of one file. */
  private final class OneFile {
    private final NginxLexer lexer;

    OneFile(NginxLexer lexer) {
      this.lexer = lexer;
    }

    /** Reads up to the closing brace, or the end of the file; false at the end. */
    boolean block(List<NginxStatement> into, boolean inBlock) {
      List<NginxWord> words = new ArrayList<>();
      while (true) {
        switch (lexer.next()) {
          case NginxLexer.Token.Word(NginxWord word) -> words.add(word);
          case NginxLexer.Token.Unexpected(char what, var span) ->
              log.error("unexpected-character", "unexpected \"" + what + "\"", span);
          case NginxLexer.Token.End end -> {
            if (!words.isEmpty() || end.inQuotes()) {
              log.error(
                  "unexpected-end",
                  "unexpected end of file, expecting \";\" or \"}\"",
                  words.isEmpty() ? end.span() : words.getFirst().span());
            } else if (inBlock) {
              log.error("unexpected-end", "unexpected end of file, expecting \"}\"", end.span());
            }
            return false;
          }
          case NginxLexer.Token.Mark(char mark, var span) -> {
            boolean closing = mark == '}';
            if (words.isEmpty() != closing) {
              log.error("unexpected-mark", "unexpected \"" + mark + "\"", span);
              words.clear();
              if (closing && inBlock) {
                return true;
              }
              if (mark == '{' && !block(new ArrayList<>(), true)) {
                return false;
              }
            } else if (closing) {
              if (inBlock) {
                return true;
              }
              log.error("unexpected-mark", "unexpected \"}\"", span);
            } else {
              List<NginxStatement> body = new ArrayList<>();
              boolean goesOn = mark == ';' || block(body, true);
              add(
                  new NginxStatement(words, mark == ';' ? Optional.empty() : Optional.of(body)),
                  into);
              words.clear();
              if (!goesOn) {
                return false;
              }
            }
          }
        }
      }
    }
  }

  private void add(NginxStatement statement, List<NginxStatement> into) {
    boolean includes =
        statement.name().equals("include") && statement.block().isEmpty() && statement.count() == 1;
    if (includes) {
      include(statement, into);
    } else {
      into.add(statement);
    }
  }

  private void include(NginxStatement statement, List<NginxStatement> into) {
    String pattern = statement.argument(1);
    if (depth >= DEEPEST) {
      log.error(
          "include-loop", "more than " + DEEPEST + " includes in each other", statement.span());
      return;
    }
    List<String> paths = files.glob(pattern, mainFile);
    boolean any = "*?[".chars().anyMatch(c -> pattern.indexOf(c) >= 0);
    if (paths.isEmpty() && !any) {
      Optional<String> packaged = PackagedFiles.text(pattern);
      if (packaged.isEmpty()) {
        log.error(
            "include-missing",
            "open() \"" + pattern + "\" failed (2: No such file or directory)",
            statement.words().get(1).span());
      } else {
        depth++;
        into.addAll(readFile(pattern, packaged.get()));
        depth--;
      }
      return;
    }
    for (String path : paths) {
      if (GlobPattern.isPattern(pattern) || !path.isEmpty()) {
        depth++;
        files.read(path).ifPresent(text -> into.addAll(readFile(path, text)));
        depth--;
      }
    }
  }
}
